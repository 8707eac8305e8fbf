import { isObject, printJson, type ScimObject, type ScimValue } from '@joinery/scim/evaluation';
import type { StoredRow } from './row.ts';
import { parseStored } from './stored-json.ts';

type Compared = Omit<StoredRow, 'id' | 'version'>;

/** Members that the host makes and no target has. */
const OURS = ['schemas', 'id', 'meta'];

/**
 * The attributes of a row by the names that callers know, each as comparable text: members of extensions by their own name,
 * references as the target spells them, the DN as `dn`.
 */
function attributesOf({ json, hidden, dn, references }: Compared, made: ReadonlySet<string>): Map<string, string> {
  const values = new Map<string, string>();
  const enter = (object: ScimObject): void => {
    for (const [name, value] of Object.entries(object)) {
      if (value === undefined || made.has(name)) continue;
      if (name.includes(':') && isObject(value)) enter(value);
      else values.set(name, textOf(value));
    }
  };
  enter(parseStored(json));
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
  /** Of these, those that had none before. */
  readonly filled: readonly string[];
}

/**
 * Compares two versions of one object.
 * @param shown names of members that show references, which are compared as the target spells them
 */
export function compareRows(was: Compared, is: Compared, shown: readonly string[]): AttributeChanges {
  const made = new Set([...OURS, ...shown]);
  const before = attributesOf(was, made);
  const after = attributesOf(is, made);
  const blanked = [...before.keys()].filter((name) => !after.has(name));
  const changed = [...after].flatMap(([name, value]) => (before.get(name) === value ? [] : [name]));
  return { changed: [...blanked, ...changed], blanked, filled: changed.filter((name) => !before.has(name)) };
}
