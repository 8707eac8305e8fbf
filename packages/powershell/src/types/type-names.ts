import { baseOf, typeOf } from '../conversion/base.ts';
import { PSCustomObject, PSObject } from '../values/ps-object.ts';
import type { Value } from '../values/value.ts';
import { closeType } from './closed-type.ts';
import { GenericList } from './collections/generic-list.ts';
import { extendedTypeNamesOf, setExtendedTypeNames } from './extended-members.ts';
import { namedType, netTypes } from './intrinsic.ts';
import type { NetType } from './net-type.ts';
import { fullName } from './type-display.ts';
import { infoOf } from './type-info.ts';

const lists = new WeakMap<readonly string[], GenericList>();

/** `$x.pstypenames`: the type names of a value as a list; changes reach the object. */
export function typeNameList(target: Value): Value {
  if (target === null || target === undefined) return null;
  const names = typeNames(target);
  let list = lists.get(names);
  if (list === undefined) {
    list = new GenericList(
      closeType(namedType('System.Collections.ObjectModel.Collection`1'), [netTypes.string]),
      netTypes.string,
      names,
    );
    lists.set(names, list);
  }
  if (typeof target === 'object') setExtendedTypeNames(target, names);
  return list;
}

/** `PSTypeNames`: names that script code gave, else those of the type and its bases. */
export function typeNames(target: Value): string[] {
  const own = extendedTypeNamesOf(target);
  if (own !== undefined) return own;
  if (target instanceof PSCustomObject) return [...customObject];
  const base = target instanceof PSObject ? target.base : target;
  if (base instanceof PSCustomObject) return extendedTypeNamesOf(base) ?? [...customObject];
  const value = baseOf(base);
  if (value === null || value === undefined) return [];
  const names: string[] = [];
  for (let type: NetType | undefined = typeOf(value); type !== undefined; type = infoOf(type).base) {
    names.push(fullName(type));
  }
  return names;
}

const customObject = ['System.Management.Automation.PSCustomObject', 'System.Object'] as const;
