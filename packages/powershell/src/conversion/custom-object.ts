import { Dictionary } from '../values/dictionary.ts';
import { PSCustomObject } from '../values/ps-object.ts';
import type { Value } from '../values/value.ts';
import type { Conversion } from './conversion.ts';
import { toNetText } from './text.ts';

/** `[pscustomobject]`: a dictionary's entries become properties; everything else stays what it is. */
export const toCustomObject: Conversion = (value, _type, context) => {
  if (!(value instanceof Dictionary)) return value;
  const object = new PSCustomObject();
  for (const { key, value: entry } of value.entries()) {
    const name = typeof key === 'string' ? key : toNetText(key, undefined, context);
    addProperty(object, name, entry);
  }
  return object;
};

/** Sets or adds a property; text under `PSTypeName` names the object's type instead. */
function addProperty(object: PSCustomObject, name: string, value: Value): void {
  const folded = name.toLowerCase();
  if (folded === 'pstypename' && typeof value === 'string') {
    object.typeNames = [
      value,
      ...(object.typeNames ?? ['System.Management.Automation.PSCustomObject', 'System.Object']),
    ];
    return;
  }
  const known = object.members.get(folded);
  if (known?.kind === 'note') known.value = value;
  else object.members.set(folded, { kind: 'note', name, value: value ?? null });
}
