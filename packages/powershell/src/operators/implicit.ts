import { baseOf, typeOf } from '../conversion/base.ts';
import { NetFailure } from '../errors/raise.ts';
import { isAssignable } from '../types/assignable.ts';
import { conversionRank } from '../types/conversion-rank.ts';
import { namedType, netTypes } from '../types/intrinsic.ts';
import { convertArgument } from '../types/invoke.ts';
import { type NetType, notConvertible } from '../types/net-type.ts';
import { fullName } from '../types/type-display.ts';
import { infoOf, type Method } from '../types/type-info.ts';
import { BigInteger, Decimal } from '../values/numbers.ts';
import { PSCustomObject } from '../values/ps-object.ts';
import type { Value } from '../values/value.ts';
import { computeBigIntegers } from './big-integers.ts';
import type { OperatorContext } from './context.ts';
import { ambiguousCall, callError, operatorError } from './failures.ts';
import { type ArithmeticSign, computeNumbers } from './numeric.ts';
import { Code, codeOf } from './type-code.ts';

/** Operators that types may define, with the names of their methods. */
const methodNames = {
  '+': 'op_Addition',
  '-': 'op_Subtraction',
  '*': 'op_Multiply',
  '/': 'op_Division',
  '%': 'op_Modulus',
  '-band': 'op_BitwiseAnd',
  '-bor': 'op_BitwiseOr',
  '-bxor': 'op_ExclusiveOr',
  '-shl': 'op_LeftShift',
  '-shr': 'op_RightShift',
} as const;

type ImplicitSign = keyof typeof methodNames;

/** The operator that the type of the left side defines, or that of the right where the left is a primitive value. */
export function implicitOperation(sign: ImplicitSign, left: Value, right: Value, context: OperatorContext): Value {
  const l = baseOf(left);
  const r = baseOf(right);
  const type = isPlainOperand(l) ? (isPlainOperand(r) ? undefined : typeOfOperand(r)) : typeOfOperand(l);
  if (type === undefined) {
    throw operatorError(
      'NotADefinedOperationForType',
      `The operation '[${nameOf(l)}] ${sign} [${nameOf(r)}]' is not defined.`,
    );
  }
  const method = methodNames[sign];
  if (type === netTypes.bigInteger) return withBigIntegers(sign, method, l, r, context);
  if (l instanceof Decimal && isArithmetic(sign)) {
    return computeNumbers(sign, l, convertArgument(r, netTypes.decimal, '1', method, context));
  }
  const described = operatorsOf(type)?.[sign];
  if (described !== undefined) {
    const [first, second] = convertOperands(type, sign, method, l, r, context);
    const result = call(method, () => described(first, second, context));
    if (result !== notConvertible) return result;
  }
  const defined = infoOf(type).statics.get(method.toLowerCase());
  if (defined?.kind === 'method') return callMethod(defined.methods, method, l, r, context);
  throw operatorError(
    'MethodNotFound',
    `Method invocation failed because [${shownType(type, l, r)}] does not contain a method named '${method}'.`,
  );
}

function isArithmetic(sign: ImplicitSign): sign is ArithmeticSign {
  return sign.length === 1;
}

function isPlainOperand(value: Value): boolean {
  const code = codeOf(value);
  return value === null || (code >= Code.boolean && code !== Code.decimal);
}

function typeOfOperand(value: Value): NetType {
  return value === null || value === undefined ? netTypes.object : typeOf(value);
}

function nameOf(value: Value): string {
  return value === null || value === undefined ? '$null' : fullName(typeOf(value));
}

/** A custom object is a `PSObject` to .NET. */
function shownType(type: NetType, left: Value, right: Value): string {
  const isCustom = left instanceof PSCustomObject || (isPlainOperand(left) && right instanceof PSCustomObject);
  return fullName(isCustom ? netTypes.psObject : type);
}

function operatorsOf(type: NetType): NetType['description']['operators'] {
  return type.isDescribed ? type.description.operators : undefined;
}

function call<Result>(method: string, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    throw error instanceof NetFailure ? callError(method, error) : error;
  }
}

function withBigIntegers(
  sign: ImplicitSign,
  method: string,
  left: Value,
  right: Value,
  context: OperatorContext,
): Value {
  const [l, r] = [left, right].map((operand, index) =>
    convertArgument(operand, netTypes.bigInteger, String(index), method, context),
  );
  if (!(l instanceof BigInteger) || !(r instanceof BigInteger)) return null;
  return call(method, () => new BigInteger(computeBigIntegers(sign, l.value, r.value)));
}

type Pair = readonly [NetType, NetType];

const dateTimeOffset = namedType('System.DateTimeOffset');
const { dateTime, timeSpan, double } = netTypes;

/** The parameter types of .NET's operators, for types whose description computes with values that fit already. */
const signatures = new Map<NetType, Partial<Record<ImplicitSign, readonly Pair[]>>>([
  [
    dateTime,
    {
      '+': [[dateTime, timeSpan]],
      '-': [
        [dateTime, timeSpan],
        [dateTime, dateTime],
      ],
    },
  ],
  [
    dateTimeOffset,
    {
      '+': [[dateTimeOffset, timeSpan]],
      '-': [
        [dateTimeOffset, timeSpan],
        [dateTimeOffset, dateTimeOffset],
      ],
    },
  ],
  [
    timeSpan,
    {
      '+': [[timeSpan, timeSpan]],
      '-': [[timeSpan, timeSpan]],
      '*': [
        [timeSpan, double],
        [double, timeSpan],
      ],
      '/': [
        [timeSpan, double],
        [timeSpan, timeSpan],
      ],
    },
  ],
]);

function convertOperands(
  type: NetType,
  sign: ImplicitSign,
  method: string,
  left: Value,
  right: Value,
  context: OperatorContext,
): readonly [Value, Value] {
  const pairs = signatures.get(type)?.[sign];
  if (pairs === undefined) return [left, right];
  const pair = chooseTypes(pairs, left, right, method);
  if (pair === undefined) return [left, right];
  return [convertArgument(left, pair[0], '0', method, context), convertArgument(right, pair[1], '1', method, context)];
}

/** The signature whose parameters the operands fit best, the left one leading. */
function chooseTypes(pairs: readonly Pair[], left: Value, right: Value, method: string): Pair | undefined {
  const [only] = pairs;
  if (pairs.length === 1) return only;
  const ranked = pairs
    .map((pair) => ({ pair, first: rank(left, pair[0]), second: rank(right, pair[1]) }))
    .filter(({ first, second }) => first > 0 && second > 0)
    .sort((a, b) => b.first - a.first || b.second - a.second);
  const [best, next] = ranked;
  if (best === undefined) return only;
  if (next !== undefined && next.first === best.first && next.second === best.second) throw ambiguousCall(method);
  return best.pair;
}

function rank(value: Value, type: NetType): number {
  return conversionRank(value === null || value === undefined ? null : typeOf(value), type);
}

/** An operator that a class defines as a static method. */
function callMethod(
  methods: readonly Method[],
  name: string,
  left: Value,
  right: Value,
  context: OperatorContext,
): Value {
  const binary = methods.filter(({ parameters }) => parameters.length === 2);
  const fitting = binary.filter(
    ({ parameters: [first, second] }) => fits(left, first?.type) && fits(right, second?.type),
  );
  const method = fitting[0] ?? binary[0];
  if (method === undefined) throw ambiguousCall(name);
  const args = [left, right].map((operand, index) =>
    convertArgument(operand, method.parameters[index]?.type ?? netTypes.object, String(index), name, context),
  );
  return call(name, () => method.overload.invoke(null, args, context, method.declaring, []));
}

function fits(value: Value, type: NetType | undefined): boolean {
  if (type === undefined || value === null || value === undefined) return type !== undefined;
  return isAssignable(typeOf(value), type);
}
