import { problem } from '@joinery/problems';
import { isObject, parseJson, type ScimObject, type ScimValue } from '@joinery/scim/evaluation';

/** Digits enough for an integer that a double cannot hold. */
const LONG_NUMBER = /\d{16}/;

/**
 * Parses JSON that this program wrote into the space. The engine's parser is several times faster but would round 64-bit
 * integers, so documents that may hold one go through the exact parser. @throws HOST_SPACE_CORRUPT
 */
export function parseStored(json: string): ScimObject {
  const value = parse(json);
  if (isObject(value)) return value;
  throw problem('HOST_SPACE_CORRUPT', 'A stored object is not a JSON object.');
}

function parse(json: string): ScimValue {
  try {
    return LONG_NUMBER.test(json) ? parseJson(json) : JSON.parse(json);
  } catch (error) {
    throw problem('HOST_SPACE_CORRUPT', 'A stored object is not JSON.', { cause: error });
  }
}
