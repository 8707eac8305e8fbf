import { fold } from '@joinery/scim/evaluation';

/** An attribute whose values are indexed for equality. */
export interface IndexedAttribute {
  /** The canonical path, e.g. `urn:…:ECMA2Host:2.0:User:AzureObjectID`. */
  readonly name: string;
  /** The member names from the root of a resource to the value. */
  readonly steps: readonly string[];
  /** Strings that compare without case are stored folded. */
  readonly caseExact: boolean;
}

/** Changes when stored keys would no longer equal freshly computed ones; the index is then built again. */
export function fingerprint(attribute: IndexedAttribute): string {
  return `${attribute.steps.join('|')} ${attribute.caseExact} unicode ${process.versions.unicode ?? 'unknown'}`;
}

/** The index key of a JSON value: text folded unless case-exact, numbers and booleans by their text; undefined for what has no key. */
export function indexKey(value: unknown, caseExact: boolean): string | undefined {
  if (typeof value === 'string') return caseExact ? value : fold(value);
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  return undefined;
}

/** The distinct keys of one attribute in a parsed resource. */
export function keysOf(resource: unknown, attribute: IndexedAttribute): Set<string> {
  const keys = new Set<string>();
  const value = attribute.steps.reduce(member, resource);
  for (const item of Array.isArray(value) ? value : [value]) {
    const key = indexKey(item, attribute.caseExact);
    if (key !== undefined) keys.add(key);
  }
  return keys;
}

function member(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null && Object.hasOwn(of, name) ? Reflect.get(of, name) : undefined;
}
