import { runtimeError } from '../errors/raise.ts';
import { type TypeName, typeNameText } from '../syntax/tree/index.ts';
import { closeType } from './closed-type.ts';
import { arrayOf, namedType } from './intrinsic.ts';
import { library } from './library.ts';
import type { NetType, TypeDescription, TypeNames } from './net-type.ts';
import { openLibrary } from './registered.ts';
import { readTypeText } from './type-text.ts';

/** The types a session knows: the library, what a host program registered, and what its scripts define. */
export interface TypeTable extends TypeNames {
  /** By name as scripts write it: accelerators first, then full names, then with `System.` before it; case does not matter. */
  find(name: string, usings?: readonly string[]): NetType | undefined;
  /** A parsed type name, generics and arrays included. Throws `Thrown` (`TypeNotFound`) as a cast or type literal does. */
  resolve(name: TypeName, usings?: readonly string[]): NetType;
  /** As `resolve`, but `undefined` where a name of it is unknown. */
  tryResolve(name: TypeName, usings?: readonly string[]): NetType | undefined;
  /** Text inside brackets, as `[type]'…'` and signatures have it: `System.Collections.Generic.List[string]`, `int[]`. */
  parse(text: string): NetType | undefined;
  close(definition: NetType, typeArguments: readonly NetType[]): NetType;
  /**
   * Makes a type known by its name in this session. The types that descriptions name are the same for all sessions of a
   * process, so a name that is registered twice must come with one description; all are registered before one is used.
   */
  register(description: TypeDescription): NetType;
  /** A type defined by a script: shadows others of its name from then on in this session. */
  define(type: NetType): void;
  /** Counts what was registered and defined: compiled code keeps a resolved type while it stays the same. */
  readonly generation: number;
}

/** A table of its own for each session: what a host program or a script adds is seen by that session alone. */
export function createTypeTable(): TypeTable {
  return new SessionTypes();
}

function registeredType(description: TypeDescription): NetType {
  const { name } = description;
  if (library.named(name) !== undefined) throw new TypeError(`${name} is a type of the language`);
  const type = namedType(name);
  if (!type.isDescribed || type.description !== description) type.describe(description);
  return type;
}

class SessionTypes implements TypeTable {
  generation = 0;
  readonly #own = new Map<string, NetType>();
  readonly #accelerators = new Map<string, NetType>();
  readonly #defined = new Map<string, NetType>();

  constructor() {
    openLibrary();
  }

  named(name: string): NetType | undefined {
    return this.#own.get(name.toLowerCase()) ?? library.named(name);
  }

  find(name: string, usings: readonly string[] = []): NetType | undefined {
    const folded = name.toLowerCase();
    const known =
      this.#defined.get(folded) ?? this.#accelerators.get(folded) ?? library.accelerator(folded) ?? this.named(folded);
    if (known !== undefined) return known;
    for (const namespace of usings) {
      const type = this.named(`${namespace}.${folded}`);
      if (type !== undefined) return type;
    }
    return this.named(`system.${folded}`);
  }

  resolve(name: TypeName, usings: readonly string[] = []): NetType {
    const type = this.tryResolve(name, usings);
    if (type !== undefined) return type;
    throw runtimeError('TypeNotFound', `Unable to find type [${unknownName(name)}].`, {
      category: 'InvalidOperation',
      target: typeNameText(name),
    });
  }

  tryResolve(name: TypeName, usings: readonly string[] = []): NetType | undefined {
    switch (name.kind) {
      case 'simpleType':
        return this.find(name.name, usings);
      case 'arrayType': {
        const element = this.tryResolve(name.element, usings);
        return element === undefined ? undefined : arrayOf(element, name.rank);
      }
      case 'genericType': {
        const count = name.typeArguments.length;
        const { name: text } = name.definition;
        const definition = this.find(text.includes('`') ? text : `${text}\`${count}`, usings);
        if (definition === undefined) return undefined;
        const typeArguments: NetType[] = [];
        for (const argument of name.typeArguments) {
          const type = this.tryResolve(argument, usings);
          if (type === undefined) return undefined;
          typeArguments.push(type);
        }
        return definition.description.typeParameters?.length === count
          ? closeType(definition, typeArguments)
          : undefined;
      }
    }
  }

  parse(text: string): NetType | undefined {
    const name = readTypeText(text);
    return name === undefined ? undefined : this.tryResolve(name);
  }

  close(definition: NetType, typeArguments: readonly NetType[]): NetType {
    return closeType(definition, typeArguments);
  }

  register(description: TypeDescription): NetType {
    const type = registeredType(description);
    this.generation++;
    this.#own.set(description.name.toLowerCase(), type);
    for (const name of description.accelerators ?? []) this.#accelerators.set(name.toLowerCase(), type);
    return type;
  }

  define(type: NetType): void {
    this.generation++;
    this.#defined.set(type.name.toLowerCase(), type);
  }
}

/** What PowerShell says it cannot find: of a generic type its definition, also where an argument is what is unknown. */
function unknownName(name: TypeName): string {
  switch (name.kind) {
    case 'arrayType':
      return unknownName(name.element);
    case 'genericType':
      return typeNameText(name.definition);
    case 'simpleType':
      return typeNameText(name);
  }
}
