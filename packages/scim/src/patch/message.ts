import { problem } from '@joinery/problems';
import type { ScimProfile } from '../schema/profile.ts';
import { PATCH_OP_URN } from '../schema/urns.ts';
import { isList, isObject, type ScimObject, type ScimValue } from '../value.ts';

/** One operation of a PATCH body, not yet resolved against a schema. */
export interface PatchOperation {
  readonly op: 'add' | 'replace' | 'remove';
  readonly path: string | undefined;
  /** Undefined when the operation has no member `value`; null when it has null. */
  readonly value: ScimValue | undefined;
}

const ops: ReadonlyMap<string, PatchOperation['op']> = new Map([
  ['add', 'add'],
  ['replace', 'replace'],
  ['remove', 'remove'],
]);

/** Pre-2018 clients spell remove as delete (dialect sheet 2.2). */
function opOf(word: string, profile: ScimProfile): PatchOperation['op'] | undefined {
  return word === 'delete' && profile !== 'strict' ? 'remove' : ops.get(word);
}

export interface PatchMessageOptions {
  readonly maxOperations: number;
  readonly schemasOptional: boolean;
  readonly profile: ScimProfile;
}

/**
 * Reads a PATCH body (RFC 7644 3.5.2). Member names and `op` are taken in any case: `operations` and `Replace` are on the wire.
 * @throws SCIM_BODY_SYNTAX, SCIM_BODY_LIMIT
 */
export function parsePatchMessage(
  body: ScimValue,
  { maxOperations, schemasOptional, profile }: PatchMessageOptions,
): readonly PatchOperation[] {
  if (!isObject(body)) throw syntax('body', 'the body is not a JSON object');
  const schemas = memberByAnyCase(body, 'schemas');
  const named = isList(schemas) && schemas.some((each) => String(each).toLowerCase() === PATCH_OP_URN.toLowerCase());
  if (!named && !schemasOptional) throw syntax('schemas', `schemas does not list ${PATCH_OP_URN}`);
  const operations = memberByAnyCase(body, 'operations');
  if (!isList(operations) || operations.length === 0) throw syntax('Operations', 'there is no list of operations');
  if (operations.length > maxOperations) {
    throw problem(
      'SCIM_BODY_LIMIT',
      `The body has ${operations.length} operations, at most ${maxOperations} are read.`,
      {
        place: 'Operations',
      },
    );
  }
  return operations.map((operation, index) => readOperation(operation, index, profile));
}

function readOperation(operation: ScimValue, index: number, profile: ScimProfile): PatchOperation {
  const place = `Operations[${index}]`;
  if (!isObject(operation)) throw syntax(place, 'an operation is not an object');
  const word = memberByAnyCase(operation, 'op');
  const op = typeof word === 'string' ? opOf(word.toLowerCase(), profile) : undefined;
  if (op === undefined) throw syntax(place, 'op is none of add, replace and remove');
  const path = memberByAnyCase(operation, 'path');
  if (path !== undefined && path !== null && typeof path !== 'string') throw syntax(place, 'path is not text');
  const trimmed = typeof path === 'string' ? path.trim() : '';
  return { op, path: trimmed === '' ? undefined : trimmed, value: memberByAnyCase(operation, 'value') };
}

function memberByAnyCase(object: ScimObject, name: string): ScimValue | undefined {
  const found = Object.keys(object).filter((each) => each.toLowerCase() === name);
  const [only] = found;
  if (found.length > 1) throw syntax(name, `the member ${name} occurs twice, in different letter case`);
  return only === undefined ? undefined : object[only];
}

function syntax(place: string, sentence: string): Error {
  return problem('SCIM_BODY_SYNTAX', `This is not a PATCH message: ${sentence}.`, { place });
}
