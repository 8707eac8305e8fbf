import { problem } from '@joinery/problems';

const acceptable: ReadonlySet<string> = new Set(['application/scim+json', 'application/json', 'application/*', '*/*']);

/** The header that passed last; clients send the same one every time. */
let passed = '';

/**
 * Refuses a request whose `Accept` header leaves SCIM no media type (RFC 7644 3.8, RFC 9110 12.5.1). Absent means anything.
 * `application/json` is answered with `application/scim+json`, which is JSON by its suffix (dialect sheet 4).
 * @throws SCIM_NOT_ACCEPTABLE
 */
export function checkAccept(header: string | undefined): void {
  if (header === undefined || header === passed) return;
  if (header.trim() !== '' && !header.split(',').some(isAcceptable)) {
    throw problem('SCIM_NOT_ACCEPTABLE', 'The answer would be application/scim+json.', { place: 'Accept' });
  }
  passed = header;
}

function isAcceptable(range: string): boolean {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
  return acceptable.has(type) && !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter));
}
