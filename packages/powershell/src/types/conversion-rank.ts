import { isAssignable, isEnumerable, isReference, isValueType } from './assignable.ts';
import { netTypes } from './intrinsic.ts';
import type { NetType } from './net-type.ts';
import { infoOf } from './type-info.ts';
import { isPlaceholder } from './type-lookup.ts';

/**
 * How well a type turns into another, for the choice between overloads: higher is better, 0 is not at all. Only the order
 * counts. A scalar that becomes an array of one ranks just below what its element would.
 */
export const Rank = {
  none: 0,
  unrelatedArrays: 15,
  toText: 31,
  custom: 47,
  convertible: 63,
  explicitCast: 95,
  constructor: 111,
  create: 115,
  parse: 127,
  psObject: 143,
  language: 159,
  nullToValue: 175,
  nullToReference: 191,
  numericExplicit: 207,
  numericToUnsigned: 223,
  numericText: 239,
  numericImplicit: 255,
  assignable: 271,
  textToChars: 282,
  identity: 287,
} as const;

const scalarToArray = 8;

/** The type of `$null` here: it is of none. */
export type ArgumentType = NetType | null;

const ranks = new WeakMap<NetType, Map<ArgumentType, number>>();

/** The rank of turning a value of type `from` into `to`. */
export function conversionRank(from: ArgumentType, to: NetType): number {
  if (from === to) return Rank.identity;
  let known = ranks.get(to);
  if (known === undefined) {
    known = new Map();
    ranks.set(to, known);
  }
  let rank = known.get(from);
  if (rank === undefined) {
    rank = from === null ? rankOfNull(to) : figureRank(from, to);
    known.set(from, rank);
  }
  return rank;
}

function rankOfNull(to: NetType): number {
  if (to === netTypes.string) return Rank.toText;
  if (to.definition === netTypes.nullable) return Rank.nullToValue;
  if (isNumeric(to) || to === netTypes.char || to === netTypes.boolean || to === netTypes.switchParameter) {
    return Rank.nullToValue;
  }
  return isReference(to) ? Rank.nullToReference : Rank.none;
}

const signed = [netTypes.sbyte, netTypes.int16, netTypes.int32, netTypes.int64];
const unsigned = [netTypes.byte, netTypes.uint16, netTypes.uint32, netTypes.uint64];
const reals = [netTypes.single, netTypes.double, netTypes.decimal];
const numeric = new Set<NetType>([...signed, ...unsigned, ...reals, netTypes.bigInteger]);
const primitives = new Set<NetType>([...signed, ...unsigned, netTypes.single, netTypes.double, netTypes.decimal]);

function isNumeric(type: NetType): boolean {
  return numeric.has(type);
}

function isInteger(type: NetType): boolean {
  return signed.includes(type) || unsigned.includes(type);
}

function rankOfNumbers(from: NetType, to: NetType): number {
  const [fromReal, toReal] = [reals.includes(from), reals.includes(to)];
  if (fromReal && toReal) return rankOfReals(from, to);
  if (toReal) return Rank.numericImplicit;
  if (fromReal) return Rank.numericExplicit;
  const [fromSigned, toSigned] = [signed.includes(from), signed.includes(to)];
  const fromSize = (fromSigned ? signed : unsigned).indexOf(from);
  const toSize = (toSigned ? signed : unsigned).indexOf(to);
  if (toSize < fromSize) return Rank.numericExplicit;
  if (fromSigned && !toSigned) return Rank.numericToUnsigned;
  return toSize > fromSize ? Rank.numericImplicit : Rank.numericExplicit;
}

function rankOfReals(from: NetType, to: NetType): number {
  if (from === netTypes.single && to === netTypes.double) return Rank.numericImplicit;
  return from === netTypes.decimal ? Rank.numericToUnsigned : Rank.numericExplicit;
}

function figureRank(from: NetType, to: NetType): number {
  if (isPlaceholder(to)) return Rank.assignable;
  const known = tabledRank(from, to);
  if (known !== undefined) return known;
  if (isAssignable(from, to) && to.definition !== netTypes.nullable) return Rank.assignable;
  if (byReferenceOnly.has(to.name))
    return from === netTypes.string || from.element !== undefined ? rankOfSpan(from, to) : Rank.none;
  if (to === netTypes.psObject) return Rank.psObject;
  const language = languageRank(from, to);
  if (language !== undefined) return language;
  const scalar = to.element === undefined ? Rank.none : arrayOfOne(from, to.element);
  return Math.max(scalar, ownRank(from, to));
}

/** Types that live on the stack only. Arrays and text turn into spans by a cast. */
const byReferenceOnly = new Set(['System.ReadOnlySpan`1', 'System.Span`1']);

function rankOfSpan(from: NetType, to: NetType): number {
  const [item] = to.typeArguments;
  const own = from === netTypes.string ? netTypes.char : from.element;
  return item === own ? Rank.explicitCast - 16 : Rank.none;
}

function tabledRank(from: NetType, to: NetType): number | undefined {
  if (isNumeric(from)) {
    if (to === netTypes.string || to === netTypes.char) return Rank.numericText;
    if (to === netTypes.boolean) return Rank.language;
    if (primitives.has(from) && primitives.has(to)) return rankOfNumbers(from, to);
  }
  if (from === netTypes.string) {
    if (isNumeric(to)) return Rank.numericText;
    if (to.element === netTypes.char && to.rank === 1) return Rank.textToChars;
    if (to === netTypes.regex || to === netTypes.type || to.name === 'System.Uri') return Rank.language;
  }
  if (from === netTypes.char && (to === netTypes.single || to === netTypes.double)) return Rank.language;
  return undefined;
}

function languageRank(from: NetType, to: NetType): number | undefined {
  if (to.definition === netTypes.nullable && to.typeArguments[0] !== undefined) {
    const rank = conversionRank(from, to.typeArguments[0]);
    if (rank !== Rank.none) return rank;
  }
  if (to === netTypes.boolean || to === netTypes.void || to === netTypes.psReference) return Rank.language;
  if (to === netTypes.string) return Rank.toText;
  if (to.element !== undefined) return rankOfArray(from, to.element);
  if (to === netTypes.hashtable && isAssignable(from, netTypes.idictionary)) return Rank.language;
  if (to === netTypes.array) return isEnumerable(from) ? Rank.language : Rank.assignable - scalarToArray;
  if (to.name === 'System.Xml.XmlDocument') return Rank.language;
  if (infoOf(to).supertypes.has(netTypes.delegate) && from === netTypes.scriptBlock) return Rank.language;
  if (to === netTypes.psCustomObject) return Rank.language;
  if (to.kind === 'enum' && isInteger(from)) return Rank.language;
  return undefined;
}

function rankOfArray(from: NetType, element: NetType): number | undefined {
  if (from.element !== undefined) {
    return isAssignable(from.element, element) ? Rank.language : Rank.unrelatedArrays;
  }
  return isEnumerable(from) ? Rank.language : undefined;
}

function arrayOfOne(from: NetType, element: NetType): number {
  const rank = conversionRank(from, element);
  return rank === Rank.none ? Rank.none : rank - scalarToArray;
}

/** Conversions that the types themselves know, in PowerShell's order. */
function ownRank(from: NetType, to: NetType): number {
  const { description } = to;
  if (from === netTypes.string && (description.kind === 'enum' || parses(to))) return Rank.parse;
  if (takesOne(to, from)) return Rank.constructor;
  if (hasTextConverter(from, to)) return Rank.custom;
  if (from.description.convertTo !== undefined && description.kind !== 'interface' && isValueType(to))
    return Rank.explicitCast;
  if (isConvertible(from)) {
    if (isNumeric(from)) {
      return to.element === undefined && conversionRank(netTypes.string, to) !== Rank.none
        ? Rank.convertible
        : Rank.none;
    }
    if (from !== netTypes.string) return Rank.convertible;
  }
  const isDictionary = isAssignable(from, netTypes.idictionary);
  const hasEmptyConstructor = infoOf(to).constructors.some((one) => one.parameters.length === 0);
  if (isDictionary && (hasEmptyConstructor || (description.kind === 'struct' && !isPrimitive(to))))
    return Rank.constructor;
  if ((from === netTypes.psCustomObject || from === netTypes.psObject) && hasEmptyConstructor) return Rank.constructor;
  return Rank.none;
}

function parses(to: NetType): boolean {
  if (to.description.parse !== undefined) return true;
  const member = infoOf(to).statics.get('parse');
  return (
    member?.kind === 'method' &&
    member.declaring === to &&
    member.methods.some(({ parameters }) => parameters[0]?.type === netTypes.string && parameters.length <= 2)
  );
}

/** What .NET calls primitive: no properties that a dictionary could fill. */
function isPrimitive(type: NetType): boolean {
  return type === netTypes.char || type === netTypes.boolean || (primitives.has(type) && type !== netTypes.decimal);
}

function hasTextConverter(from: NetType, to: NetType): boolean {
  return to.description.convertFrom !== undefined && (from === netTypes.string || to.description.kind === 'struct');
}

function takesOne(to: NetType, from: NetType): boolean {
  return infoOf(to).constructors.some(({ parameters }) => {
    const [first] = parameters;
    if (parameters.length !== 1 || first === undefined || first.isReference) return false;
    // Only numbers widen: a type that takes itself, or one that takes it, would be asked for ever.
    const widens = isNumeric(first.type) && conversionRank(from, first.type) === Rank.numericImplicit;
    return isAssignable(from, first.type) || widens;
  });
}

function isConvertible(type: NetType): boolean {
  return (
    type === netTypes.string ||
    type === netTypes.boolean ||
    type === netTypes.char ||
    type === netTypes.dateTime ||
    primitives.has(type) ||
    type.kind === 'enum'
  );
}
