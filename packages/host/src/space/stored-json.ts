import { problem } from '@joinery/problems';
import { isObject, parseJson, type ScimObject, type ScimValue } from '@joinery/scim/evaluation';
import { type IndexedAttribute, keysOf } from './indexed-attribute.ts';

/** Digits enough for an integer that a double cannot hold. */
const LONG_NUMBER = /\d{16}/;

/** What `String` makes of a number that a double has rounded. */
const ROUNDED = /^-?\d{16}|e\+\d+$/;

/**
 * Parses JSON that this program wrote into the space. The engine's parser is several times faster but would round 64-bit
 * integers, so documents that may hold one go through the exact parser. @throws HOST_SPACE_CORRUPT
 */
export function parseStored(json: string): ScimObject {
  const value = parse(json, true);
  if (isObject(value)) return value;
  throw problem('HOST_SPACE_CORRUPT', 'A stored object is not a JSON object.');
}

/**
 * The keys of attributes in a stored document. Looking at every digit of it takes as long as parsing it, so only a key that
 * may have been rounded makes it be parsed exactly. @throws HOST_SPACE_CORRUPT
 */
export function* storedKeys<A extends IndexedAttribute>(
  json: string,
  attributes: readonly A[],
): Generator<readonly [A, string]> {
  if (attributes.length === 0) return;
  const parsed = parse(json, false);
  for (const attribute of attributes) {
    const keys = keysOf(parsed, attribute);
    const exact = keys.some((key) => ROUNDED.test(key));
    for (const key of exact ? keysOf(parseStored(json), attribute) : keys) yield [attribute, key];
  }
}

function parse(json: string, exactly: boolean): ScimValue {
  try {
    return exactly && LONG_NUMBER.test(json) ? parseJson(json) : JSON.parse(json);
  } catch (error) {
    throw problem('HOST_SPACE_CORRUPT', 'A stored object is not JSON.', { cause: error });
  }
}
