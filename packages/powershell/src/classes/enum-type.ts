import { convertTo } from '../conversion/convert.ts';
import { toThrown } from '../errors/to-thrown.ts';
import { isConstant } from '../syntax/checks/constants.ts';
import type { PropertyMember, TypeDefinition } from '../syntax/tree/index.ts';
import { netTypes } from '../types/intrinsic.ts';
import type { NetType, TypeDescription } from '../types/net-type.ts';
import { EnumValue } from '../values/enum.ts';
import { SmallInteger, UInt64 } from '../values/numbers.ts';
import type { Value } from '../values/value.ts';
import { type ClassPlace, MemberCode } from './code.ts';
import type { DefinitionErrors } from './definition-errors.ts';
import { recordOf } from './record.ts';

interface Underlying {
  readonly type: NetType;
  /** As messages have it. */
  readonly word: string;
  readonly low: bigint;
  readonly high: bigint;
}

function underlying(type: NetType, word: string, bits: bigint, signed: boolean): readonly [string, Underlying] {
  const low = signed ? -(1n << (bits - 1n)) : 0n;
  const high = signed ? (1n << (bits - 1n)) - 1n : (1n << bits) - 1n;
  return [type.name, { type, word, low, high }];
}

const int32 = underlying(netTypes.int32, 'int', 32n, true);

const underlyings = new Map<string, Underlying>([
  int32,
  underlying(netTypes.byte, 'byte', 8n, false),
  underlying(netTypes.sbyte, 'sbyte', 8n, true),
  underlying(netTypes.int16, 'short', 16n, true),
  underlying(netTypes.uint16, 'ushort', 16n, false),
  underlying(netTypes.uint32, 'uint', 32n, false),
  underlying(netTypes.int64, 'long', 64n, true),
  underlying(netTypes.uint64, 'ulong', 64n, false),
]);

/** An enum of a script as a type. `base` is the type behind its colon. */
export function enumDescription(
  ast: TypeDefinition,
  base: NetType | undefined,
  place: ClassPlace,
  errors: DefinitionErrors,
): TypeDescription {
  const kind = underlyings.get(base?.name ?? '') ?? int32[1];
  const labels = readLabels(ast, kind, place, errors);
  const isWide = kind.type === netTypes.int64 || kind.type === netTypes.uint64;
  const isFlags = ast.attributes.some(
    ({ typeName }) => typeName.kind === 'simpleType' && /^(?:system\.)?flags(?:attribute)?$/i.test(typeName.name),
  );
  return {
    name: ast.name,
    kind: 'enum',
    isScriptDefined: true,
    labels: recordOf([...labels].map(([name, value]) => [name, isWide ? value : Number(value)])),
    flags: isFlags,
    underlying: kind.type.name,
    zero: (type) => new EnumValue(type, isWide ? 0n : 0),
  };
}

/** Each label has its value, or one more than the label before it. */
function readLabels(
  ast: TypeDefinition,
  kind: Underlying,
  place: ClassPlace,
  errors: DefinitionErrors,
): Map<string, bigint> {
  const labels = new Map<string, bigint>();
  const seen = new Set<string>();
  let next = 0n;
  for (const member of ast.members) {
    if (member.kind !== 'property') continue;
    const { initialValue } = member;
    const value = initialValue === undefined ? next : initialNumber(member, kind, place, errors);
    if (value < kind.low || value > kind.high) {
      errors.report('EnumeratorValueOutOfBounds', initialValue ?? member, kind.word);
    }
    const folded = member.name.toLowerCase();
    if (seen.has(folded)) errors.report('MemberAlreadyDefined', member, member.name);
    else labels.set(member.name, value);
    seen.add(folded);
    next = value + 1n;
  }
  return labels;
}

function initialNumber(
  { initialValue }: PropertyMember,
  kind: Underlying,
  place: ClassPlace,
  errors: DefinitionErrors,
): bigint {
  if (initialValue === undefined) return 0n;
  if (!isConstant(initialValue, { attribute: false, classMember: true })) {
    errors.report('EnumeratorValueMustBeConstant', initialValue);
    return 0n;
  }
  try {
    const [value] = new MemberCode(place, '<enum>').expressions([initialValue])(null, []);
    return toBigInt(convertTo(value, kind.type, place.session));
  } catch (error) {
    const thrown = toThrown(error);
    if (thrown === undefined) throw error;
    if (/overflow|too large|too small/i.test(thrown.record.exception.message)) {
      errors.report('EnumeratorValueOutOfBounds', initialValue, kind.word);
    } else {
      errors.report('CannotConvertValue', initialValue, kind.word);
    }
    return 0n;
  }
}

function toBigInt(value: Value): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return BigInt(value);
  if (value instanceof SmallInteger) return BigInt(value.value);
  if (value instanceof UInt64) return value.value;
  return 0n;
}
