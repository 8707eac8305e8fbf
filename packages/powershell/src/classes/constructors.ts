import { InvocationInfo } from '../errors/invocation-info.ts';
import { Thrown } from '../errors/thrown.ts';
import type { Session } from '../runtime/session.ts';
import type { Source } from '../syntax/source.ts';
import type { FunctionMember } from '../syntax/tree/index.ts';
import { netTypes } from '../types/intrinsic.ts';
import { convertArgument, invokeBest } from '../types/invoke.ts';
import { noOverload } from '../types/member-errors.ts';
import type { NetType, Overload, ParameterInfo } from '../types/net-type.ts';
import { chooseOverload } from '../types/overloads.ts';
import { infoOf, type Method } from '../types/type-info.ts';
import { Instance } from '../values/instance.ts';
import type { Value } from '../values/value.ts';
import { ClassInstance, derive } from './class-instance.ts';
import { type ClassBuild, nativeBase, typeKey } from './class-type.ts';
import { MemberCode } from './code.ts';
import { type FieldLayout, layoutOf } from './fields.ts';
import { signatureText } from './methods.ts';
import type { StaticPart } from './static-part.ts';

/**
 * How a class goes on with an object that is being made: its own initial values, its base, then its body.
 * @param self `undefined` where the object comes from a .NET type's constructor, which runs first then
 */
type Build = (made: NetType, self: Instance | undefined, args: readonly Value[]) => Instance;

/** The build of each constructor of classes defined so far: what `: base(…)` runs on the derived object. */
const builds = new WeakMap<Overload, Build>();

export function constructorsOf(
  build: ClassBuild,
  declared: readonly FunctionMember[],
  layout: FieldLayout,
  statics: StaticPart,
): Overload[] {
  const { ast, base, errors, lookup } = build;
  if (declared.length === 0) {
    if (needsArguments(base)) {
      errors.report('BaseClassNoDefaultCtor', ast, base.name);
      return [];
    }
    return [constructorOverload(build, undefined, [], layout, statics)];
  }
  const keys = new Set<string>();
  return declared.map((member) => {
    const parameters = lookup.parameters(member.parameters);
    const key = parameters.map(({ type }) => typeKey(type)).join(',');
    if (keys.has(key)) errors.report('MemberAlreadyDefined', member.nameExtent, member.name);
    keys.add(key);
    return constructorOverload(build, member, parameters, layout, statics);
  });
}

/** Whether no constructor of a base does without arguments. */
function needsArguments(base: NetType): boolean {
  const { constructors } = infoOf(base);
  return base !== netTypes.object && constructors.length > 0 && !constructors.some(({ required }) => required === 0);
}

function constructorOverload(
  { place, type, base }: ClassBuild,
  member: FunctionMember | undefined,
  parameters: readonly ParameterInfo[],
  layout: FieldLayout,
  statics: StaticPart,
): Overload {
  const { session } = place;
  const code = new MemberCode(place, type.name, parameters);
  const baseValues = code.expressions(member?.baseArguments ?? []);
  const build: Build = (made, self, args) => {
    if (self !== undefined) layout.initialize(self);
    const values = baseValues(self, args);
    const object = atBody(member, place.source, () => buildBase(base, made, self, values, session));
    if (self === undefined) layout.initialize(object);
    if (member !== undefined) code.runBody(member, object, args);
    return object;
  };
  const overload: Overload = {
    signature: signatureText('new', parameters, type, false),
    name: 'new',
    parameters,
    returnType: type,
    ...(member?.isHidden ? { isHidden: true } : {}),
    invoke: (_none, args) => {
      statics.prepare();
      const isPlain = nativeBase(type) === netTypes.object;
      return build(type, isPlain ? new ClassInstance(type, layout.zeros()) : undefined, args);
    },
  };
  builds.set(overload, build);
  return overload;
}

/** The call of the base's constructor stands where the body begins. */
function atBody<T>(member: FunctionMember | undefined, source: Source, call: () => T): T {
  if (member === undefined) return call();
  try {
    return call();
  } catch (error) {
    const { start, end } = member.body;
    if (error instanceof Thrown) error.record.invocation ??= new InvocationInfo(source, start, end);
    throw error;
  }
}

/** Runs the base's part: of a class its own build, of a .NET type its constructor. */
function buildBase(
  base: NetType,
  made: NetType,
  self: Instance | undefined,
  values: readonly Value[],
  session: Session,
): Instance {
  const { constructors } = infoOf(base);
  if (base.description.isScriptDefined !== true) return self ?? makeNative(constructors, made, values, session);
  const choice = chooseOverload(constructors, values);
  if (choice === 'none' || choice === 'ambiguous') throw noOverload('new', values.length, choice === 'ambiguous');
  const { overload, parameters } = choice.method;
  const build = builds.get(overload);
  if (build === undefined) throw new TypeError(`${base.name} has a constructor that is none of a class`);
  const converted = parameters.map(({ type, name }, at) => convertArgument(values[at], type, name, '.ctor', session));
  return build(made, self, converted);
}

/** An object of a .NET type, made one of the class. Types without constructors are but a name. */
function makeNative(
  constructors: readonly Method[],
  made: NetType,
  values: readonly Value[],
  session: Session,
): Instance {
  const fields = layoutOf(made)?.zeros() ?? [];
  if (constructors.length === 0) return new ClassInstance(made, fields);
  const object = invokeBest(null, constructors, values, { asked: 'new', called: '.ctor' }, session);
  return object instanceof Instance ? derive(object, made, fields) : new ClassInstance(made, fields);
}
