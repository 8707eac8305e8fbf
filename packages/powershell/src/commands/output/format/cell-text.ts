import { baseOf } from '../../../conversion/base.ts';
import { enumerable } from '../../../conversion/enumerate.ts';
import { currentItemText, toNetText } from '../../../conversion/text.ts';
import { NetFailure } from '../../../errors/raise.ts';
import { Thrown } from '../../../errors/thrown.ts';
import { formatString } from '../../../operators/format.ts';
import { WildcardPattern } from '../../../operators/wildcard.ts';
import type { Session } from '../../../runtime/session.ts';
import { currentCulture } from '../../../types/globalization/current-culture.ts';
import { getMember } from '../../../types/members.ts';
import { NetType } from '../../../types/net-type.ts';
import { netName } from '../../../types/type-display.ts';
import { infoOf } from '../../../types/type-info.ts';
import { typeNames } from '../../../types/type-names.ts';
import { XmlNode } from '../../../types/xml/xml-node.ts';
import { Dictionary } from '../../../values/dictionary.ts';
import { EnumValue } from '../../../values/enum.ts';
import type { Instance } from '../../../values/instance.ts';
import { Decimal, Double, Single } from '../../../values/numbers.ts';
import { PSCustomObject, PSObject } from '../../../values/ps-object.ts';
import type { Value } from '../../../values/value.ts';
import { propertyNames } from '../../objects/member-match.ts';
import { withoutSequences } from './cells.ts';
import { displayPropertyOf } from './display-properties.ts';

/** The exception of a format string that a value cannot take. */
export class FormatStringFailure extends Error {}

/** How a value is written into a cell. */
export interface CellStyle {
  /** A format string of the column: `n2`, or `<{0}>`. */
  readonly format?: string | undefined;
  /** Fractions have two digits, as in tables without a view. */
  readonly roundsFractions?: boolean;
}

/**
 * The text of a value in a table or list: collections in braces up to `$FormatEnumerationLimit` items, everything else as
 * in a string. Throws `FormatStringFailure`.
 */
export function cellText(value: Value, session: Session, { format, roundsFractions = false }: CellStyle = {}): string {
  const base = baseOf(value);
  if (base === null || base === undefined) return '';
  if (format !== undefined && format !== '') return formatted(value, format, session);
  const items = itemsFor(base, session);
  if (items !== undefined) return withoutSequences(listText(items, session));
  if (roundsFractions && (base instanceof Double || base instanceof Single || base instanceof Decimal)) {
    return toNetText(base, 'F', session);
  }
  if (base instanceof XmlNode) return base.localName;
  return base instanceof NetType ? netName(base) : withoutSequences(shownText(value, session));
}

/** As in a string, but numbers and dates in the current culture. */
export function shownText(value: Value, session: Session): string {
  return currentCulture() === undefined ? session.text(value) : currentItemText(value, session);
}

function formatted(value: Value, format: string, session: Session): string {
  try {
    const isComposite = format.includes('{0') || format.includes('}');
    const text = isComposite ? formatString(format, [value], session) : toNetText(value, format, session);
    return withoutSequences(text);
  } catch (error) {
    if (error instanceof NetFailure || error instanceof Thrown) throw new FormatStringFailure(format);
    throw error;
  }
}

/** The items of a collection, dictionaries among them. */
export function itemsFor(value: Value, session: Session): Iterable<Value> | undefined {
  const base = baseOf(value);
  return base instanceof Dictionary ? base.pairs() : enumerable(base, session);
}

export function enumerationLimit(session: Session): number {
  const limit = baseOf(session.global.top.find('formatenumerationlimit')?.value);
  return typeof limit === 'number' ? limit : 4;
}

function listText(items: Iterable<Value>, session: Session): string {
  const limit = enumerationLimit(session);
  const texts: string[] = [];
  let dots = '';
  let length = 0;
  for (const item of items) {
    if (limit >= 0 && texts.length === limit) {
      dots = '\u2026';
      break;
    }
    const text = itemText(item, session);
    length += text.length + 2;
    if (length > 1 << 20) session.budget.reserve(2 * length);
    texts.push(text);
    session.budget.step();
  }
  return `{${texts.join(', ')}${dots}}`;
}

/** An item whose type has a text of its own shows it, another one its name. */
function itemText(item: Value, session: Session): string {
  if (item === null || item === undefined) return '$null';
  if (typeof item !== 'object' || item instanceof PSObject || item instanceof PSCustomObject) return session.text(item);
  if (hasOwnText(item.type) && !(item instanceof XmlNode)) return session.text(item);
  const name = displayName(item, session);
  if (name !== undefined) {
    const value = baseOf(getMember(item, name, session));
    return value === null || value === undefined ? '' : session.text(value);
  }
  return session.text(item);
}

function hasOwnText(type: NetType): boolean {
  if (type.description.toText !== undefined) return true;
  const method = infoOf(type).members.get('tostring');
  return (
    method?.kind === 'method' &&
    method.methods.some(({ declaring, parameters }) => declaring === type && parameters.length === 0)
  );
}

const namePatterns = ['name', 'id', 'key', '*key', '*name', '*id'];

/** The property that names an object: the one its type says, else the first that looks like a name. */
export function displayName(value: Instance, session: Session): string | undefined {
  const known = displayPropertyOf(value, session);
  if (known !== undefined) return known;
  const names = propertyNames(value, session);
  for (const pattern of namePatterns) {
    const wildcard = new WildcardPattern(pattern);
    const found = names.find((name) => wildcard.matches(name));
    if (found !== undefined) return found;
  }
  return undefined;
}

const scalars = new Set([
  'System.String',
  'System.SByte',
  'System.Byte',
  'System.Int16',
  'System.UInt16',
  'System.Int32',
  'System.UInt32',
  'System.Int64',
  'System.UInt64',
  'System.Char',
  'System.Single',
  'System.Double',
  'System.Boolean',
  'System.Decimal',
  'System.IntPtr',
  'System.Security.SecureString',
  'System.Numerics.BigInteger',
]);

/** True for what is shown as text by itself, and to the right in tables: numbers, truth values, enums. */
export function isScalar(value: Value): boolean {
  const base = baseOf(value);
  if (base === null || base === undefined) return false;
  return base instanceof EnumValue || scalars.has(typeNames(value)[0] ?? '');
}
