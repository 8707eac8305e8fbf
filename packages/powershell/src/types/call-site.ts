import { typeOf } from '../conversion/base.ts';
import { NetFailure } from '../errors/raise.ts';
import { Thrown } from '../errors/thrown.ts';
import type { Session } from '../runtime/session.ts';
import { NetArray } from '../values/array.ts';
import type { ColumnLayout } from '../values/column-layout.ts';
import { Dictionary } from '../values/dictionary.ts';
import { MemberView } from '../values/member-view.ts';
import { PSCustomObject, PSObject } from '../values/ps-object.ts';
import { PSReference } from '../values/ps-reference.ts';
import type { Value } from '../values/value.ts';
import { netTypes } from './intrinsic.ts';
import { type CallName, callMethod, invokeBest, invokeChoice } from './invoke.ts';
import { getMember, invokeMember, methodsOf, passesGetter } from './members.ts';
import type { NetType } from './net-type.ts';
import { type Choice, chooseOverload } from './overloads.ts';
import { constructorsOf, invokeStatic, staticMethodsOf } from './static-members.ts';
import { infoOf, type Method, type PropertyMember } from './type-info.ts';

/**
 * The type whose members a value has and nothing else: `undefined` for null, dictionaries (keys come first), objects that
 * carry members of their own and the like, which take the long way.
 */
function plainType(value: Value): NetType | undefined {
  switch (typeof value) {
    case 'string':
      return netTypes.string;
    case 'number':
      return netTypes.int32;
    case 'boolean':
      return netTypes.boolean;
    case 'bigint':
      return netTypes.int64;
    case 'undefined':
      return undefined;
    default:
      if (value === null || value instanceof PSCustomObject || value instanceof Dictionary) return undefined;
      if (value instanceof PSObject || value instanceof MemberView || value.type.hasExtendedInstances) return undefined;
      return value.type;
  }
}

/** One `.name` in a script: remembers what the name meant for the last type it met. Make one per place, when compiling. */
export class PropertySite {
  readonly #name: string;
  readonly #folded: string;
  readonly #isSize: boolean;
  readonly #isReserved: boolean;
  #type: NetType | undefined;
  #member: PropertyMember | undefined;
  #layout: ColumnLayout | undefined;
  #column = -1;

  constructor(name: string) {
    this.#name = name;
    this.#folded = name.toLowerCase();
    this.#isSize = this.#folded === 'count' || this.#folded === 'length';
    this.#isReserved = this.#folded.startsWith('ps');
  }

  get(target: Value, session: Session): Value {
    if (target instanceof PSCustomObject) {
      const value = this.#note(target);
      if (value !== undefined) return value;
    } else if (target instanceof NetArray && this.#isSize) {
      return target.items.length;
    } else if (!this.#isReserved) {
      const type = plainType(target);
      if (type !== undefined) {
        const member = type === this.#type ? this.#member : this.#remember(type);
        if (member !== undefined) return read(member, target, session);
      }
    }
    return getMember(target, this.#name, session);
  }

  #note(target: PSCustomObject): Value {
    const { layout } = target;
    if (layout === undefined) return target.note(this.#folded);
    if (layout !== this.#layout) {
      this.#layout = layout;
      this.#column = layout.indexOf(this.#folded);
    }
    return this.#column < 0 ? undefined : target.fields[this.#column];
  }

  #remember(type: NetType): PropertyMember | undefined {
    const member = infoOf(type).members.get(this.#folded);
    this.#type = type;
    this.#member = member?.kind === 'property' && member.property.get !== undefined ? member : undefined;
    return this.#member;
  }
}

function read({ property, declaring }: PropertyMember, target: Value, session: Session): Value {
  try {
    return property.get?.(target, session, declaring);
  } catch (error) {
    if (error instanceof NetFailure || (error instanceof Thrown && !passesGetter(error))) return null;
    throw error;
  }
}

/** The overload that the last arguments chose among some methods. */
class ChoiceCache {
  #choice: Choice | undefined;
  #types: readonly (NetType | null)[] = [];
  /** True where arguments of these types go into the parameters as they are. */
  #isDirect = false;

  /** Calls the overload that these arguments mean. */
  invoke(target: Value, methods: readonly Method[], args: readonly Value[], name: CallName, session: Session): Value {
    if (this.#choice !== undefined && this.#isFor(args)) {
      const { method, typeArguments } = this.#choice;
      return this.#isDirect
        ? callMethod(target, method, args, typeArguments, name, args.length, session)
        : invokeChoice(target, this.#choice, args, name, session);
    }
    const types = argumentTypes(args);
    const choice = types === undefined ? undefined : chooseOverload(methods, args);
    if (types === undefined || choice === undefined || typeof choice === 'string') {
      return invokeBest(target, methods, args, name, session);
    }
    this.#choice = choice;
    this.#types = types;
    this.#isDirect = takesDirectly(choice, types);
    return invokeChoice(target, choice, args, name, session);
  }

  forget(): void {
    this.#choice = undefined;
  }

  #isFor(args: readonly Value[]): boolean {
    const types = this.#types;
    if (args.length !== types.length) return false;
    for (let at = 0; at < args.length; at++) if (argumentType(args[at]) !== types[at]) return false;
    return true;
  }
}

function takesDirectly({ method }: Choice, types: readonly (NetType | null)[]): boolean {
  const { parameters } = method;
  if (parameters.length !== types.length) return false;
  return parameters.every(({ type, isParamArray, isReference }, at) => {
    const given = types[at];
    if (isParamArray || isReference || (given !== netTypes.string && given !== netTypes.int32)) return false;
    return type === given || type === netTypes.object;
  });
}

/** What a name means for a type. */
interface Named {
  readonly methods: readonly Method[] | undefined;
  readonly called: string;
}

/** The overloads that a name meant for the last type, and the one that the last arguments chose. */
class MethodMemory {
  readonly asked: string;
  readonly #find: (type: NetType) => Named;
  readonly #cache = new ChoiceCache();
  #type: NetType | undefined;
  #methods: readonly Method[] | undefined;
  #callName: CallName;

  constructor(asked: string, find: (type: NetType) => Named) {
    this.asked = asked;
    this.#find = find;
    this.#callName = { asked, called: asked };
  }

  methodsOf(type: NetType): readonly Method[] | undefined {
    if (type === this.#type) return this.#methods;
    const { methods, called } = this.#find(type);
    this.#type = type;
    this.#methods = methods;
    this.#callName = { asked: this.asked, called };
    this.#cache.forget();
    return methods;
  }

  invoke(target: Value, methods: readonly Method[], args: readonly Value[], session: Session): Value {
    return this.#cache.invoke(target, methods, args, this.#callName, session);
  }
}

/** One `.name(…)` in a script. Make one per place, when compiling. */
export class MethodSite {
  readonly #memory: MethodMemory;

  constructor(name: string) {
    const folded = name.toLowerCase();
    this.#memory = new MethodMemory(name, (type) => {
      const methods = methodsOf(type, folded);
      return { methods, called: methods?.[0]?.name ?? name };
    });
  }

  invoke(target: Value, args: readonly Value[], session: Session): Value {
    const type = plainType(target);
    const methods = type === undefined ? undefined : this.#memory.methodsOf(type);
    if (methods === undefined) return invokeMember(target, this.#memory.asked, args, session);
    return this.#memory.invoke(target, methods, args, session);
  }
}

/** One `[type]::name(…)` in a script; `new` is the constructors. */
export class StaticMethodSite {
  readonly #memory: MethodMemory;

  constructor(name: string) {
    const folded = name.toLowerCase();
    this.#memory = new MethodMemory(name, (type) => {
      const methods = staticMethodsOf(type, folded);
      if (methods === undefined && folded === 'new') return { methods: constructorsOf(type), called: '.ctor' };
      return { methods, called: methods?.[0]?.name ?? name };
    });
  }

  invoke(type: NetType, args: readonly Value[], session: Session): Value {
    const methods = this.#memory.methodsOf(type);
    if (methods === undefined) return invokeStatic(type, this.#memory.asked, args, session);
    return this.#memory.invoke(null, methods, args, session);
  }
}

/** The types that alone decide the choice; `undefined` where the values themselves matter: arrays, references. */
function argumentTypes(args: readonly Value[]): (NetType | null)[] | undefined {
  const types: (NetType | null)[] = [];
  for (const argument of args) {
    const type = argumentType(argument);
    if (type === undefined) return undefined;
    types.push(type);
  }
  return types;
}

function argumentType(argument: Value): NetType | null | undefined {
  switch (typeof argument) {
    case 'string':
      return netTypes.string;
    case 'number':
      return netTypes.int32;
    default:
      if (argument === null || argument === undefined) return null;
      if (argument instanceof NetArray || argument instanceof PSReference || argument instanceof PSObject)
        return undefined;
      return typeOf(argument);
  }
}
