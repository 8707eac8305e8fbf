import { problem } from '@joinery/problems';

/** Host sheet 13.1 (14): what a connector name may be, because it is a URL segment, a file name and case-sensitive. */
const NAME = /^(?!\.)[A-Za-z0-9._-]{1,64}$/;

/**
 * @returns the name itself
 * @throws HOST_CONNECTOR_NAME_INVALID; a leading dot is refused too, because `.` and `..` are folders
 */
export function checkConnectorName(name: string, place?: string): string {
  if (NAME.test(name)) return name;
  throw problem(
    'HOST_CONNECTOR_NAME_INVALID',
    `"${name.slice(0, 80)}" cannot be a connector name: 1 to 64 letters, digits, "-", "_" or ".", not beginning with a dot.`,
    place === undefined ? {} : { place },
  );
}
