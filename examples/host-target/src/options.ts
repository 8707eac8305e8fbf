import { parseArgs } from 'node:util';
import { problem } from '@joinery/problems';

export const help = `Usage: npm run host-target -- [options]

Starts a connector host on loopback with a CSV connector over a generated file, imports it, prints one JSON line
{"base": …, "token": …, "urn": …, "anchor": …, "sample": […], "certificate": …} and runs until it is interrupted.
What it holds ends with it.

Options:
  --objects <number>  people in the file, at most 10,000,000 (default: 1000)
  --port <number>     0 takes a free one (default: 0)
  --help              this text

The line's members:
  base         the tenant URL: the SCIM root
  token        the secret token, as a bearer token
  urn          the schema extension that holds the attributes
  anchor       the attribute that people are looked up by
  sample       values of the anchor that exist
  certificate  the file with the certificate to trust (PEM), there until the end

Exit code: 0 when it was interrupted; 1 when it could not start; 2 for wrong usage.

Example:
  npm run --silent host-target -- --objects 100000 --port 8585
  curl --cacert "$CERTIFICATE" -H "Authorization: Bearer $TOKEN" -G "$BASE/Users" \\
    --data-urlencode "filter=$URN:$ANCHOR eq \\"$SAMPLE\\""
`;

export interface Words {
  readonly help: boolean;
  readonly objects: number;
  readonly port: number;
}

/**
 * Reads the command line.
 * @throws CLI_USAGE
 */
export function readWords(words: readonly string[]): Words {
  const values = parse(words);
  return {
    help: values.help === true,
    objects: wholeNumber('--objects', values.objects ?? '1000', 10_000_000),
    port: wholeNumber('--port', values.port ?? '0', 65_535),
  };
}

function parse(words: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ args: [...words], options: { objects: text, port: text, help: { type: 'boolean' } } as const })
      .values;
  } catch (cause) {
    const sentence = cause instanceof Error ? cause.message : 'the command line cannot be read.';
    throw problem('CLI_USAGE', sentence.replaceAll('\n', ' '), { cause });
  }
}

function wholeNumber(option: string, value: string, most: number): number {
  const number = Number(value);
  if (/^\d{1,9}$/.test(value) && number <= most) return number;
  throw problem('CLI_USAGE', `${option} takes a whole number from 0 to ${most}, not '${value}'.`);
}
