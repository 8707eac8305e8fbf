import { netFailure } from '../../errors/raise.ts';
import { xmlFailure } from './xml-failure.ts';

const nameSign = /[\p{L}\p{N}\p{M}._·-]/u;

/**
 * Checks the name that a node is to be made with: as .NET, only that its signs may stand in a name.
 * Throws `NetFailure` (ArgumentException, XmlException).
 */
export function checkName(name: string, kind: 'element' | 'attribute'): string {
  if (name === '') {
    throw netFailure(
      'System.ArgumentException',
      kind === 'element'
        ? 'The local name for elements or attributes cannot be null or an empty string.'
        : 'The attribute local name cannot be empty.',
    );
  }
  const colon = name.indexOf(':');
  const local = colon > 0 && colon < name.length - 1 ? name.slice(colon + 1) : name;
  for (const sign of local) if (!nameSign.test(sign)) throw wrongSign(sign);
  return name;
}

function wrongSign(sign: string): Error {
  const code = (sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(2, '0');
  return xmlFailure(`The '${sign}' character, hexadecimal value 0x${code}, cannot be included in a name.`);
}

const xmlName = /^[\p{L}_][\p{L}\p{N}\p{M}._·-]*$/u;

/** `XmlConvert.VerifyNCName`. */
export function isNcName(name: string): boolean {
  return xmlName.test(name);
}

/** `XmlConvert.EncodeName`: what may not stand in a name becomes its number. */
export function encodeName(name: string, keepsColon: boolean): string {
  let encoded = '';
  let at = 0;
  for (const sign of name) {
    const isStart = at === 0;
    const looksEncoded = sign === '_' && /^_x[0-9a-fA-F]{4}_/.test(name.slice(at));
    const allowed = isStart ? /[\p{L}_]/u : nameSign;
    const fits = (allowed.test(sign) || (keepsColon && sign === ':')) && !looksEncoded;
    encoded += fits
      ? sign
      : `_x${(sign.codePointAt(0) ?? 0)
          .toString(16)
          .toUpperCase()
          .padStart(sign.length * 4, '0')}_`;
    at += sign.length;
  }
  return encoded;
}

/** `XmlConvert.DecodeName`. */
export function decodeName(name: string): string {
  return name.replace(/_x([0-9a-fA-F]{4}|[0-9a-fA-F]{8})_/g, (all, digits: string) => {
    const code = Number.parseInt(digits, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}
