import { fold } from '@joinery/scim/evaluation';

/** An attribute whose values are indexed for equality. */
export interface IndexedAttribute {
  /** The canonical path, e.g. `urn:…:ECMA2Host:2.0:User:AzureObjectID`. Types that share a path share its index. */
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
export function keysOf(resource: unknown, { steps, caseExact }: IndexedAttribute): readonly string[] {
  const keys: string[] = [];
  collect(resource, steps, 0, caseExact, keys);
  return keys.length > 1 ? [...new Set(keys)] : keys;
}

function collect(value: unknown, steps: readonly string[], at: number, caseExact: boolean, keys: string[]): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, steps, at, caseExact, keys);
    return;
  }
  const step = steps[at];
  if (step !== undefined) {
    if (typeof value === 'object' && value !== null && Object.hasOwn(value, step))
      collect(Reflect.get(value, step), steps, at + 1, caseExact, keys);
    return;
  }
  const key = indexKey(value, caseExact);
  if (key !== undefined) keys.push(key);
}
