import type { OctetString } from '../protocol/filter.ts';

/** Longer ones are cut: a text goes into answers, the cloud's log and our own. */
const longest = 500;

/** ApacheDS prints the request, password and all, between these two (LDAP sheet 5.6, measured); taken to the last of them. */
const requestEcho =
  /\s*failed for MessageType\s*:[\s\S]*(?:\n|@[0-9a-f]+):(?=\s)|\s*failed for MessageType\s*:[\s\S]*$/;

/** The stack of a Java server. */
const stackTrace = /:?\s*\n[\w.$]+(?:Exception|Error)\b[\s\S]*$|\n\s+at [\w.$]+[\s\S]*$/;

/** Source files of the server, as Samba names them. */
const sourceFile = /(?:[A-Za-z]:)?[\w./\\-]*\w\.(?:cpp|java|cc|c|h)(?::\d+|\(\d+\))?:?\s*/g;

/** What looks like a password attribute with values in a printed entry, in any server's layout: up to the end of the line. */
const passwordLine =
  /\b(?:userPassword|unicodePwd|pwdHistory|clearTextPassword|supplementalCredentials|ntPwdHistory|lmPwdHistory|dBCSPwd|olcRootPW|sambaNTPassword|sambaLMPassword|krbPrincipalKey|nspmPassword)\b(?:;[\w-]+)*\s*(?:::?|=)[^\n]*/gi;

/** Stands for a text that repeats a password. */
const withheld = '(the words of the server are left out, because they repeat a password)';

/**
 * A server's diagnostic text as it may leave the process: without the request that some servers print, without file names,
 * values of password attributes, line ends and control characters, and not overlong (LDAP sheet 5.6). A text that still holds
 * one of the secrets in any form in which servers print values is replaced entirely.
 *
 * @param secrets values of password attributes of the request, as they were sent
 */
export function scrub(diagnostic: string, secrets: readonly OctetString[] = []): string {
  const text = diagnostic
    .replace(requestEcho, '')
    .replace(stackTrace, '')
    .replace(passwordLine, '')
    .replace(sourceFile, '')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
    .replace(/[\s\u0000-\u001f\u007f]+/g, ' ')
    .trim();
  if (secrets.some((secret) => holds(text, secret))) return withheld;
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** True where the text holds the secret as text, hexadecimal digits with or without separators, or base64; in UTF-8 or UTF-16. */
function holds(text: string, secret: OctetString): boolean {
  const folded = text.toLowerCase();
  const digits = hexDigits(folded);
  const squeezed = withoutBlanks(folded);
  return octetsOf(secret).some((bytes) => {
    if (bytes.length === 0) return false;
    const asText = bytes.toString('utf8').toLowerCase();
    if (folded.includes(asText)) return true;
    // LDIF breaks lines in the middle of a value, and servers cut what they print.
    const beginning = [...withoutBlanks(asText)].slice(0, certainLength).join('');
    if (beginning.length >= certainLength && squeezed.includes(beginning)) return true;
    // Fewer than three octets are found in any text by chance; as text they were found above.
    if (bytes.length < 3) return false;
    // Servers cut what they print: the beginning of a password is as bad.
    if (digits.includes(bytes.subarray(0, 8).toString('hex'))) return true;
    return base64Of(bytes).some((form) => text.includes(form));
  });
}

/** So many characters of a password are in no text by chance. */
const certainLength = 8;

function withoutBlanks(text: string): string {
  return text.replace(/\s+/g, '');
}

/** The secret as the octets that a server may have got or made of it. */
function octetsOf(secret: OctetString): readonly Buffer[] {
  const sent = typeof secret === 'string' ? Buffer.from(secret, 'utf8') : Buffer.from(secret);
  // `unicodePwd` is UTF-16 in quotes; a server may print it as text, with them and without.
  const texts = [sent.toString('utf8'), sent.toString('utf16le').replace(/^"([\s\S]*)"$/, '$1')].filter(
    (text) => text.isWellFormed() && !text.includes('\ufffd'),
  );
  return [sent, ...texts.flatMap((text) => [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')])];
}

/** Every run of octets printed as `54 6f`, `0x54 0x6F`, `\54\6f`, `54:6f` or `546f`, as bare digits. */
function hexDigits(folded: string): string {
  return folded.replace(/0x|[\s\\:,-]+/g, '');
}

/** Base64 of the octets at any offset within a longer value: what does not depend on the neighbours. */
function base64Of(bytes: Buffer): readonly string[] {
  return [0, 1, 2].flatMap((offset) => {
    const form = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const start = offset === 0 ? 0 : offset + 1;
    const end = (bytes.length + offset) % 3 === 0 ? form.length : form.length - 1;
    const certain = form.slice(start, end);
    return certain.length >= 4 ? [certain] : [];
  });
}
