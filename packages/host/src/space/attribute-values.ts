import { isObject, printJson, type ScimObject, type ScimValue } from '@joinery/scim/evaluation';
import type { StoredRow } from './row.ts';
import { parseStored } from './stored-json.ts';

/** Members that the host makes and no target has. */
const OURS = new Set(['schemas', 'id', 'meta']);

/**
 * The attributes of a row by the names that callers know, each as comparable text: members of extensions by their own name,
 * references as the target spells them, the DN as `dn`.
 */
function attributesOf({ json, hidden, dn, references }: Omit<StoredRow, 'id' | 'version'>): Map<string, string> {
  const values = new Map<string, string>();
  const enter = (object: ScimObject): void => {
    for (const [name, value] of Object.entries(object)) if (value !== undefined) values.set(name, textOf(value));
  };
  for (const [name, value] of Object.entries(parseStored(json))) {
    if (OURS.has(name) || value === undefined) continue;
    if (name.includes(':') && isObject(value)) enter(value);
    else values.set(name, textOf(value));
  }
  if (hidden !== null) enter(parseStored(hidden));
  if (references !== null) {
    for (const [name, pairs] of Object.entries(parseStored(references))) {
      if (Array.isArray(pairs)) values.set(name, textOf(pairs.map((pair) => (Array.isArray(pair) ? pair[0] : pair))));
    }
  }
  if (dn !== null) values.set('dn', dn);
  return values;
}

function textOf(value: ScimValue): string {
  return typeof value === 'string' ? value : printJson(value);
}

/** What has become of the attributes of one object; names, never values. */
export interface AttributeChanges {
  /** Attributes whose values are others now. */
  readonly changed: readonly string[];
  /** Of these, those that have none any more. */
  readonly blanked: readonly string[];
}

/** Compares two versions of one object. */
export function compareRows(
  was: Omit<StoredRow, 'id' | 'version'>,
  is: Omit<StoredRow, 'id' | 'version'>,
): AttributeChanges {
  const before = attributesOf(was);
  const after = attributesOf(is);
  const blanked = [...before.keys()].filter((name) => !after.has(name));
  const changed = [...after].flatMap(([name, value]) => (before.get(name) === value ? [] : [name]));
  return { changed: [...blanked, ...changed], blanked };
}
