import { isObject, type ScimDraft, type ScimObject, type ScimValue } from '@joinery/scim';

/** The value at the end of the steps; undefined where a step leads nowhere. */
export function valueAt(object: ScimObject, steps: readonly string[]): ScimValue | undefined {
  let value: ScimValue | undefined = object;
  for (const step of steps) {
    if (!isObject(value) || !Object.hasOwn(value, step)) return undefined;
    value = value[step];
  }
  return value;
}

/** The object with the value at the end of the steps; undefined removes it, and every object that is left empty by that. */
export function withValueAt(object: ScimObject, steps: readonly string[], value: ScimValue | undefined): ScimObject {
  const [step, ...rest] = steps;
  if (step === undefined) return object;
  const draft: ScimDraft = { ...object };
  const present = Object.hasOwn(object, step) ? object[step] : undefined;
  const next = rest.length === 0 ? value : withValueAt(isObject(present) ? present : {}, rest, value);
  if (next === undefined || (rest.length > 0 && isObject(next) && Object.keys(next).length === 0)) delete draft[step];
  else draft[step] = next;
  return draft;
}
