import type { TypeName } from '../syntax/tree/index.ts';
import { closeType } from './closed-type.ts';
import { arrayOf, namedType } from './intrinsic.ts';
import { library } from './library.ts';
import { NetType, type TypeNames } from './net-type.ts';
import { readTypeText } from './type-text.ts';

/** A name in a signature that no description explains still is a type: one without members. */
export function described(type: NetType): NetType {
  if (!type.isDescribed && library.named(type.name) === undefined) type.describe({ name: type.name, kind: 'class' });
  return type;
}

/** Type parameters of a generic method by name. */
export type Placeholders = ReadonlyMap<string, NetType | undefined>;

const placeholders = new WeakSet<NetType>();

/** A type that stands for a type argument not known yet. */
export function placeholder(name: string): NetType {
  const type = new NetType(name, { description: { name, kind: 'class' } });
  placeholders.add(type);
  return type;
}

/** True for the `T` of a generic method that was not closed yet. */
export function isPlaceholder(type: NetType): boolean {
  return placeholders.has(type);
}

/** A type with placeholders put in. */
export function substitute(type: NetType, replacements: ReadonlyMap<NetType, NetType>): NetType {
  const replacement = replacements.get(type);
  if (replacement !== undefined) return replacement;
  if (type.element !== undefined) return arrayOf(substitute(type.element, replacements), type.rank);
  if (type.definition === undefined) return type;
  return closeType(
    type.definition,
    type.typeArguments.map((argument) => substitute(argument, replacements)),
  );
}

const none: Placeholders = new Map();

/** Looks up a type name as the description of `within` means it: type parameters first, then short and full names. */
export function lookUpText(text: string, within: NetType): NetType {
  const name = readTypeText(text);
  if (name === undefined) throw new TypeError(`${text} in the description of ${within.name} is no type name`);
  return lookUp(name, within, none);
}

export function lookUp(name: TypeName, within: NetType, names: Placeholders): NetType {
  switch (name.kind) {
    case 'arrayType':
      return arrayOf(lookUp(name.element, within, names), name.rank);
    case 'genericType': {
      const count = name.typeArguments.length;
      const { name: text } = name.definition;
      const definition = described(lookUpName(text.includes('`') ? text : `${text}\`${count}`, within.names));
      return closeType(
        definition,
        name.typeArguments.map((argument) => lookUp(argument, within, names)),
      );
    }
    case 'simpleType': {
      const own = names.get(name.name) ?? typeParameter(name.name, within);
      return own ?? lookUpName(name.name, within.names);
    }
  }
}

function typeParameter(name: string, within: NetType): NetType | undefined {
  const index = within.description.typeParameters?.indexOf(name) ?? -1;
  if (index < 0) return undefined;
  // The definition itself, not closed, keeps placeholders of its own.
  if (within.typeArguments.length === 0) return namedType(`${within.name}.${name}`);
  return within.typeArguments[index];
}

function lookUpName(name: string, names: TypeNames | undefined): NetType {
  const known =
    library.accelerator(name) ?? names?.named(name) ?? library.named(name) ?? library.named(`System.${name}`);
  return known ?? described(namedType(name));
}
