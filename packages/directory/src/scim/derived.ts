import { problem } from '@joinery/problems';
import {
  comparisonKey,
  completeResource,
  isList,
  isObject,
  member,
  printJson,
  type ResourceType,
  type ScimObject,
  type ScimValue,
  shadowDocument,
} from '@joinery/scim';
import type { TenantType } from './tenant-schema.ts';

/**
 * UTF-16 units of a value that an index holds, at most: every folding of it stays below the third of a page that PostgreSQL puts into an
 * index. Addresses of e-mail may have 320, and Graph bounds its names far below that.
 */
const longestIndexed = 320;

/** What is made from a resource on every write, to read it and to find it. */
export interface Derived {
  readonly resource: string;
  readonly keys: ScimObject;
}

const noMeta = { created: '', lastModified: '', version: '' } as const;
/** Attributes with a column of their own, and the id. */
const inColumns: ReadonlySet<string> = new Set(['id', 'userName', 'displayName', 'externalId']);

export function deriveFrom(resource: ScimObject, type: ResourceType): Derived {
  const { meta: _, ...shown } = completeResource(resource, type, noMeta);
  const shadow = Object.entries(shadowDocument(resource, type));
  // A group's displayName and a user's lie in columns of the same meaning.
  return { resource: printJson(shown), keys: Object.fromEntries(shadow.filter(([name]) => !inColumns.has(name))) };
}

/** A value that an object is looked up by, beside the columns. */
export interface LookupKey {
  readonly attribute: string;
  readonly key: string;
  readonly isUnique: boolean;
}

/** @throws SCIM_VALUE_INVALID for a value that is too long for an index */
export function lookupKeys(resource: ScimObject, { keys }: TenantType): readonly LookupKey[] {
  const found = new Map<string, LookupKey>();
  for (const [path, isUnique] of keys) {
    for (const value of valuesAt(resource, path.steps)) {
      const key = comparisonKey(value, path.leaf);
      if (key === undefined || key === '') continue;
      const text = checkIndexed(String(key), path.text);
      found.set(`${path.text} ${text}`, { attribute: path.text, key: text, isUnique });
    }
  }
  return [...found.values()];
}

/** The text, if it is short enough to be looked up by. @throws SCIM_VALUE_INVALID */
export function checkIndexed(text: string, place: string): string {
  if (text.length <= longestIndexed) return text;
  throw problem('SCIM_VALUE_INVALID', `A value that objects are found by has at most ${longestIndexed} characters.`, {
    place,
  });
}

function valuesAt(value: ScimValue, steps: readonly string[]): readonly ScimValue[] {
  if (isList(value)) return value.flatMap((each) => valuesAt(each, steps));
  const [step, ...rest] = steps;
  if (step === undefined) return [value];
  const next = isObject(value) ? member(value, step) : undefined;
  return next === undefined ? [] : valuesAt(next, rest);
}
