import { netFailure } from '../../errors/raise.ts';

const token = /^[\w!#$%&'*+.^`|~-]+$/;
const mediaType =
  /^\s*[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+(?:\s*;\s*[\w!#$%&'*+.^`|~-]+\s*=\s*(?:"[^"]*"|[\w!#$%&'*+.^`|~-]+))*\s*$/;
const httpDate = /^\s*(?:[A-Za-z]{3,9}, )?\d{1,2}[ -][A-Za-z]{3}[ -]\d{2,4} \d{2}:\d{2}:\d{2}(?: GMT| [+-]\d{4})?\s*$/;
const product = /^\s*(?:(?:[\w!#$%&'*+.^`|~-]+(?:\/[\w!#$%&'*+.^`|~-]+)?|\([^()]*\))(?:\s+|$))+$/;

/** What .NET asks of the values of some headers; all others may be anything in one line. */
const forms: ReadonlyMap<string, (value: string) => boolean> = new Map([
  ['accept', (value) => value.split(',').every((range) => mediaType.test(range))],
  ['authorization', isCredential],
  ['content-type', (value) => mediaType.test(value)],
  ['date', (value) => httpDate.test(value)],
  ['if-modified-since', (value) => httpDate.test(value)],
  ['if-unmodified-since', (value) => httpDate.test(value)],
  ['proxy-authorization', isCredential],
  ['user-agent', (value) => product.test(value)],
]);

function isCredential(value: string): boolean {
  return /^\s*[\w!#$%&'*+.^`|~-]+(?:\s.*)?$/s.test(value);
}

/** Headers whose values no message shows. */
const secret = /authorization|cookie|token|secret|password|key/i;

/** Throws `NetFailure` (FormatException) for a header that .NET would not send. */
export function checkHeader(name: string, value: string): void {
  checkLine(name, value);
  if (forms.get(name.toLowerCase())?.(value) === false) {
    throw format(`The format of value '${secret.test(name) ? '***' : value}' is invalid.`);
  }
}

/** What must hold of every header, validated or not: nothing in it may be taken for another header. */
export function checkLine(name: string, value: string): void {
  if (!token.test(name)) throw format(`The header name '${name}' has an invalid format.`);
  if (/[\r\n\0]/.test(value)) throw format('New-line or NUL characters are not allowed in header values.');
}

export function isMediaType(value: string): boolean {
  return mediaType.test(value);
}

function format(message: string): Error {
  return netFailure('System.FormatException', message);
}
