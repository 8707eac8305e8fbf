import { isAssignable } from '../types/assignable.ts';
import { netTypes } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { infoOf, type Method } from '../types/type-info.ts';
import type { Value } from '../values/value.ts';
import { wrapped } from './cast-error.ts';
import type { ConversionContext } from './context.ts';
import type { Conversion } from './conversion.ts';
import { underlyingType } from './enum-text.ts';
import { isIntegerType } from './numbers/read-number.ts';

/** The conversion by a constructor that takes just this type; a collection's capacity is none. */
export function findConstructorConversion(from: NetType, to: NetType): Conversion | undefined {
  if (to.description.isAbstract === true || to.description.kind === 'interface') return undefined;
  if (isIntegerType(from) && (isAssignable(to, netTypes.ilist) || isAssignable(to, netTypes.icollection)))
    return undefined;
  const maker = findConstructor(from, to);
  if (maker === undefined) return undefined;
  const parameter = maker.parameters[0]?.type ?? netTypes.object;
  const mustConvert = parameter !== from && (from.kind === 'enum' || widens(from, parameter));
  return (value, type, context) => {
    try {
      return construct(maker, [mustConvert ? context.convert(value, parameter) : value], type, context);
    } catch (error) {
      throw wrapped('InvalidCastConstructorException', value, type, error, context);
    }
  };
}

/** Calls a constructor with arguments of its parameters' types. */
export function construct(maker: Method, args: readonly Value[], type: NetType, context: ConversionContext): Value {
  return maker.overload.invoke(null, args, context, type, []);
}

function findConstructor(from: NetType, to: NetType): Method | undefined {
  const single = infoOf(to).constructors.filter(
    ({ parameters, hasParamArray }) => parameters.length === 1 && !hasParamArray,
  );
  const parameterOf = ({ parameters }: Method): NetType => parameters[0]?.type ?? netTypes.object;
  return (
    single.find((one) => parameterOf(one) === from) ??
    (from.kind === 'enum' ? findConstructor(underlyingType(from), to) : undefined) ??
    single.find((one) => parameterOf(one) !== netTypes.object && isAssignable(from, parameterOf(one))) ??
    single.find((one) => widens(from, parameterOf(one))) ??
    single.find((one) => parameterOf(one) === netTypes.object)
  );
}

const wider = new Map<NetType, readonly NetType[]>([
  [netTypes.byte, [netTypes.int16, netTypes.uint16, netTypes.int32, netTypes.uint32, netTypes.int64, netTypes.uint64]],
  [netTypes.sbyte, [netTypes.int16, netTypes.int32, netTypes.int64]],
  [netTypes.int16, [netTypes.int32, netTypes.int64]],
  [netTypes.uint16, [netTypes.int32, netTypes.uint32, netTypes.int64, netTypes.uint64]],
  [netTypes.char, [netTypes.uint16, netTypes.int32, netTypes.uint32, netTypes.int64, netTypes.uint64]],
  [netTypes.int32, [netTypes.int64]],
  [netTypes.uint32, [netTypes.int64, netTypes.uint64]],
  [netTypes.single, [netTypes.double]],
]);

/** True where reflection widens an argument without loss. */
function widens(from: NetType, to: NetType): boolean {
  if (wider.get(from)?.includes(to) === true) return true;
  return (to === netTypes.single || to === netTypes.double) && (isIntegerType(from) || from === netTypes.char);
}
