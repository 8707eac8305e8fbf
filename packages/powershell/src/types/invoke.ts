import { baseOf } from '../conversion/base.ts';
import { NetException } from '../errors/net-exception.ts';
import { Thrown } from '../errors/thrown.ts';
import { NetArray } from '../values/array.ts';
import { PSObject } from '../values/ps-object.ts';
import { PSReference } from '../values/ps-reference.ts';
import type { Value } from '../values/value.ts';
import { arrayOf, namedType, netTypes } from './intrinsic.ts';
import { causeOf, methodException, noOverload, wrapInvocation } from './member-errors.ts';
import type { CallContext, NetType, ParameterInfo } from './net-type.ts';
import { type Choice, chooseOverload } from './overloads.ts';
import { netName } from './type-display.ts';
import type { Method } from './type-info.ts';

/** A call, as error messages name it. */
export interface CallName {
  /** In "Cannot find an overload for …". */
  readonly asked: string;
  /** In "Exception calling …" and in the message about an argument: `.ctor` for constructors. */
  readonly called: string;
  /** In the message about an argument, which then counts instead of naming it: what `New-Object` says. */
  readonly argumentsOf?: string;
}

/**
 * Chooses an overload, converts the arguments, calls, and wraps what the call throws.
 * @throws Thrown MethodCountCouldNotFindBest, MethodArgumentConversionInvalidCastArgument, or around the exception of the
 *   method one whose id is that exception's type
 */
export function invokeBest(
  self: Value,
  methods: readonly Method[],
  args: readonly Value[],
  name: CallName,
  context: CallContext,
  typeArguments: readonly NetType[] = [],
): Value {
  const choice = chooseOverload(methods, args, typeArguments);
  if (choice === 'none' || choice === 'ambiguous') {
    if (typeArguments.length > 0 && choice === 'none')
      throw noGenericOverload(name.asked, typeArguments.length, args.length);
    throw noOverload(name.asked, args.length, choice === 'ambiguous');
  }
  return invokeChoice(self, choice, args, name, context);
}

function noGenericOverload(name: string, types: number, count: number): Thrown {
  return methodException(
    'MethodCountCouldNotFindBestGeneric',
    `Could not find a suitable generic method overload for "${name}" with "${types}" type parameters, and the argument count: "${count}".`,
  );
}

/** Calls the overload that was chosen. */
export function invokeChoice(
  self: Value,
  { method, isExpanded, typeArguments }: Choice,
  args: readonly Value[],
  name: CallName,
  context: CallContext,
): Value {
  const { parameters } = method;
  const { called } = name;
  // Made at its length: an array that grows makes room for many more, at each of a million calls.
  const converted: Value[] = new Array(parameters.length);
  let references: ReferenceArgument[] | undefined;
  for (let at = 0; at < parameters.length; at++) {
    const parameter = parameters[at];
    if (parameter === undefined) break;
    if (parameter.isParamArray && isExpanded) {
      converted[at] = collectRest(args, at, parameter, called, context);
    } else if (at >= args.length) {
      converted[at] = parameter.isParamArray ? emptyArray(parameter) : parameter.defaultValue;
    } else if (parameter.isReference) {
      const reference = new ReferenceArgument(referenceOf(args[at], at), parameter, context, called, args.length);
      references ??= [];
      references.push(reference);
      converted[at] = reference.place;
    } else {
      const { argumentsOf } = name;
      const shown = argumentsOf === undefined ? parameter.name : String(at);
      converted[at] = convertArgument(args[at], parameter.type, shown, argumentsOf ?? called, context);
    }
  }
  const result = callMethod(self, method, converted, typeArguments, name, args.length, context);
  if (references !== undefined) for (const reference of references) reference.copyOut();
  return result;
}

/** Calls a method with arguments that are of its parameters' types; what .NET would throw is wrapped. */
export function callMethod(
  self: Value,
  { overload, declaring }: Method,
  args: readonly Value[],
  typeArguments: readonly NetType[],
  { called }: CallName,
  count: number,
  context: CallContext,
): Value {
  if (declaring.description.isScriptDefined === true) {
    return overload.invoke(self, args, context, declaring, typeArguments);
  }
  try {
    return overload.invoke(self, args, context, declaring, typeArguments);
  } catch (error) {
    throw wrapInvocation(error, called, count);
  }
}

/**
 * What a method sees of a `[ref]` or `out` argument: a place of its own with the converted value; the script's variable
 * gets what it holds when the call is over.
 */
class ReferenceArgument {
  readonly place: PSReference;
  readonly #target: PSReference;

  constructor(target: PSReference, { type }: ParameterInfo, context: CallContext, called: string, count: number) {
    this.#target = target;
    try {
      this.place = PSReference.to(context.convert(target.value, type));
    } catch (error) {
      throw wrapInvocation(error, called, count);
    }
  }

  copyOut(): void {
    this.#target.value = this.place.value;
  }
}

function referenceOf(argument: Value, index: number): PSReference {
  const base = baseOf(argument);
  if (base instanceof PSReference) return base;
  throw methodException(
    'NonRefArgumentToRefParameterMsg',
    `Argument: '${index + 1}' should be a System.Management.Automation.PSReference. Use [ref].`,
  );
}

function emptyArray({ type }: ParameterInfo): NetArray {
  return new NetArray(type.element ?? netTypes.object, []);
}

function collectRest(
  args: readonly Value[],
  from: number,
  { type, name }: ParameterInfo,
  called: string,
  context: CallContext,
): NetArray {
  const element = type.element ?? netTypes.object;
  return new NetArray(
    element,
    args.slice(from).map((argument) => convertArgument(argument, element, name, called, context)),
  );
}

/** Converts one argument; what fails says which argument of which method it was. */
export function convertArgument(
  argument: Value,
  type: NetType,
  parameter: string,
  called: string,
  context: CallContext,
): Value {
  switch (typeof argument) {
    case 'string':
      if (type === netTypes.string || type === netTypes.object) return argument;
      break;
    case 'number':
      if (type === netTypes.int32 || type === netTypes.object) return argument;
      break;
    case 'boolean':
      if (type === netTypes.boolean || type === netTypes.object) return argument;
      break;
    default:
      break;
  }
  if (type === netTypes.object) {
    // Text loses the members that script code put on it, as in .NET, where it has no identity to keep them by.
    return argument instanceof PSObject && typeof argument.base === 'string' ? argument.base : (argument ?? null);
  }
  try {
    return context.convert(argument, type);
  } catch (error) {
    const cause = error instanceof Thrown ? causeOf(error) : undefined;
    if (cause === undefined) throw error;
    throw methodException(
      'MethodArgumentConversionInvalidCastArgument',
      `Cannot convert argument "${parameter}", with value: "${shownArgument(argument, context)}", for "${called}" to type "${netName(type)}": "${cause.message}"`,
      asInvalidCast(cause),
    );
  }
}

function asInvalidCast(cause: NetException): NetException {
  const type = namedType('System.Management.Automation.PSInvalidCastException');
  return cause.type === type ? cause : new NetException(type, cause.message, { inner: cause.inner });
}

function shownArgument(argument: Value, context: CallContext): string {
  if (argument === null || argument === undefined) return 'null';
  const base = baseOf(argument);
  return base instanceof NetArray ? netName(arrayOf(base.element)) : context.text(base);
}
