import { toInvariantText } from '../../../conversion/text.ts';
import { netFailure } from '../../../errors/raise.ts';
import { NetArray } from '../../../values/array.ts';
import { decimalFromDigits } from '../../../values/decimal.ts';
import type { Instance } from '../../../values/instance.ts';
import { Char } from '../../../values/numbers.ts';
import { ScriptBlock } from '../../../values/script-block.ts';
import type { Value } from '../../../values/value.ts';
import { bytesFrom, toByteArray } from '../../byte-array.ts';
import { Guid } from '../../identity/guid.ts';
import { Uri } from '../../identity/uri.ts';
import { readVersion, Version } from '../../identity/version.ts';
import { namedType, netTypes } from '../../intrinsic.ts';
import type { CallContext, NetType } from '../../net-type.ts';
import { SecureString } from '../../security/secure-string.ts';
import { sessionOf } from '../../session-of.ts';
import { DateTime } from '../../time/date-time.ts';
import { TimeSpan } from '../../time/time-span.ts';
import { readXml } from '../read-xml.ts';
import { outerXml } from '../write-xml.ts';
import { castEntityCharacters } from '../xml-document.ts';
import { XmlNode } from '../xml-node.ts';
import { readDuration, readXmlDate, xmlText } from '../xml-text.ts';
import { decodeClixml, encodeClixml } from './clixml-text.ts';

/** A value that Clixml has an element of its own for. */
export interface KnownText {
  readonly tag: string;
  readonly text: string;
}

const numberTags = new Map<NetType, string>([
  [netTypes.byte, 'By'],
  [netTypes.sbyte, 'SB'],
  [netTypes.int16, 'I16'],
  [netTypes.uint16, 'U16'],
  [netTypes.uint32, 'U32'],
  [netTypes.uint64, 'U64'],
  [netTypes.decimal, 'D'],
  [netTypes.double, 'Db'],
  [netTypes.single, 'Sg'],
]);

/** The element of a value; `undefined` for one that has none. */
export function knownText(value: Value, context: CallContext): KnownText | undefined {
  switch (typeof value) {
    case 'string':
      return { tag: 'S', text: encodeClixml(value) };
    case 'number':
      return { tag: 'I32', text: value.toString() };
    case 'bigint':
      return { tag: 'I64', text: value.toString() };
    case 'boolean':
      return { tag: 'B', text: value ? 'true' : 'false' };
    default:
      return value === null || value === undefined ? undefined : knownObject(value, context);
  }
}

function knownObject(value: Instance, context: CallContext): KnownText | undefined {
  const number = numberTags.get(value.type);
  if (number !== undefined) {
    return { tag: number, text: xmlText(value, context) ?? toInvariantText(value, undefined, context) };
  }
  if (value instanceof Char) return { tag: 'C', text: value.code.toString() };
  if (value instanceof DateTime) return { tag: 'DT', text: xmlText(value) ?? '' };
  if (value instanceof TimeSpan) return { tag: 'TS', text: xmlText(value) ?? '' };
  if (value instanceof Guid) return { tag: 'G', text: toInvariantText(value, undefined, context) };
  if (value instanceof Uri) return { tag: 'URI', text: encodeClixml(toInvariantText(value, undefined, context)) };
  if (value instanceof Version) return { tag: 'Version', text: toInvariantText(value, undefined, context) };
  if (value instanceof ScriptBlock) return { tag: 'SBK', text: encodeClixml(context.text(value)) };
  if (value instanceof SecureString) return { tag: 'SS', text: protect(value) };
  if (value instanceof NetArray && value.element === netTypes.byte) {
    return { tag: 'BA', text: Buffer.from(bytesFrom(value)).toString('base64') };
  }
  if (value instanceof XmlNode && value.type.name === 'System.Xml.XmlDocument') {
    return { tag: 'XD', text: encodeClixml(outerXml(value)) };
  }
  return undefined;
}

/** Outside of Windows nothing encrypts it: its UTF-16 units in hexadecimal digits, as PowerShell has it there. */
function protect(secure: SecureString): string {
  return Buffer.from(secure.reveal(), 'utf16le').toString('hex');
}

type Read = (text: string, context: CallContext) => Value;

const integer =
  (type: NetType, name: string): Read =>
  (text, context) => {
    if (!/^\s*[+-]?\d+\s*$/.test(text)) throw badNumber(text);
    try {
      return context.convert(text.trim(), type);
    } catch {
      throw netFailure('System.OverflowException', `Value was either too large or too small for ${name}.`);
    }
  };

const real =
  (type: NetType): Read =>
  (text, context) => {
    const plain = text.trim();
    if (plain === 'INF' || plain === '-INF') return context.convert(plain === 'INF' ? 'Infinity' : '-Infinity', type);
    if (!/^(?:[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|NaN)$/.test(plain)) throw badNumber(text);
    return context.convert(plain, type);
  };

const decimal: Read = (text) => {
  const found = /^\s*([+-]?)(\d*)(?:\.(\d*))?\s*$/.exec(text);
  const [, sign, whole = '', fraction = ''] = found ?? [];
  if (found === null || whole + fraction === '') throw badNumber(text);
  if ((whole + fraction).length > 40) {
    throw netFailure('System.OverflowException', 'Value was either too large or too small for a Decimal.');
  }
  const digits = BigInt(whole + fraction);
  return decimalFromDigits(sign === '-' ? -digits : digits, fraction.length);
};

function badNumber(text: string): Error {
  return netFailure('System.FormatException', `The input string '${text}' was not in a correct format.`);
}

const boolean: Read = (text) => {
  const plain = text.trim();
  if (plain === 'true' || plain === '1') return true;
  if (plain === 'false' || plain === '0') return false;
  throw netFailure('System.FormatException', `The string '${text}' is not a valid Boolean value.`);
};

const bytes: Read = (text) => {
  const plain = text.replace(/\s/g, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(plain)) {
    throw netFailure(
      'System.FormatException',
      'The input is not a valid Base-64 string as it contains a non-base 64 character, more than two padding characters, or an illegal character among the padding characters.',
    );
  }
  return toByteArray(Buffer.from(plain, 'base64'));
};

const secure: Read = (text) => {
  const made = new SecureString(Buffer.from(text.trim(), 'hex').toString('utf16le'));
  made.makeReadOnly();
  return made;
};

const document: Read = (text, context) => {
  const made = new XmlNode('document', '');
  made.preservesSpace = true;
  const { budget } = sessionOf(context);
  readXml(decodeClixml(text), made, {
    conformance: 'auto',
    space: true,
    entityCharacters: castEntityCharacters,
    budget,
  });
  return made;
};

const textual: Read = (text) => decodeClixml(text);

/** How the elements of known types are read. Script blocks come back as text, as PowerShell has it. */
export const knownReaders: ReadonlyMap<string, Read> = new Map<string, Read>([
  ['S', textual],
  ['SBK', textual],
  ['B', boolean],
  ['By', integer(netTypes.byte, 'an unsigned byte')],
  ['SB', integer(netTypes.sbyte, 'a signed byte')],
  ['I16', integer(netTypes.int16, 'an Int16')],
  ['U16', integer(netTypes.uint16, 'a UInt16')],
  ['I32', integer(netTypes.int32, 'an Int32')],
  ['U32', integer(netTypes.uint32, 'a UInt32')],
  ['I64', integer(netTypes.int64, 'an Int64')],
  ['U64', integer(netTypes.uint64, 'a UInt64')],
  ['D', decimal],
  ['Db', real(netTypes.double)],
  ['Sg', real(netTypes.single)],
  ['C', (text, context) => charOf(integer(netTypes.uint16, 'a UInt16')(text, context))],
  ['DT', (text) => readXmlDate(text)],
  ['TS', (text) => readDuration(text)],
  ['G', (text, context) => context.convert(text, netTypes.guid)],
  ['URI', (text, context) => context.convert(decodeClixml(text), namedType('System.Uri'))],
  ['Version', (text) => readVersion(text)],
  ['BA', bytes],
  ['SS', secure],
  ['XD', document],
]);

function charOf(unit: Value): Value {
  return unit !== null && typeof unit === 'object' && 'value' in unit ? Char.of(Number(unit.value)) : null;
}
