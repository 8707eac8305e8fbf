import { problem } from '@joinery/problems';
import { memberByAnyCase } from '../messages/any-case.ts';
import { BULK_REQUEST_URN } from '../schema/urns.ts';
import { isList, isObject, type ScimObject, type ScimValue } from '../value.ts';

/** One operation of a bulk request, as it stands in the message: what is wrong with it is its own failure, not the request's. */
export interface BulkOperation {
  /** In capitals; any text. */
  readonly method: string;
  readonly bulkId: string | undefined;
  /** The `version` that the resource must still have. */
  readonly version: string | undefined;
  readonly path: string;
  readonly data: ScimValue | undefined;
}

export interface BulkRequest {
  /** Errors after which the rest is left alone; undefined for never. */
  readonly failOnErrors: number | undefined;
  readonly operations: readonly BulkOperation[];
}

/**
 * Reads a bulk request (RFC 7644 3.7). `failOnErrors: null` counts as absent: clients send it so.
 * @throws SCIM_BODY_SYNTAX for what is no bulk request, or gives one bulkId to two resources; SCIM_BODY_TOO_LARGE over `maxOperations`
 */
export function readBulkRequest(body: ScimValue, maxOperations: number): BulkRequest {
  if (!isObject(body)) throw syntax('body', 'the body is not a JSON object');
  const schemas = memberByAnyCase(body, 'schemas');
  const named =
    isList(schemas) && schemas.some((each) => String(each).toLowerCase() === BULK_REQUEST_URN.toLowerCase());
  if (!named) throw syntax('schemas', `schemas does not list ${BULK_REQUEST_URN}`);
  const operations = memberByAnyCase(body, 'operations');
  if (!isList(operations)) throw syntax('Operations', 'there is no list of operations');
  if (operations.length > maxOperations) {
    throw problem(
      'SCIM_BODY_TOO_LARGE',
      `The request has ${operations.length} operations; maxOperations is ${maxOperations}.`,
      { place: 'Operations' },
    );
  }
  const read = operations.map(readOperation);
  const ids = new Set<string>();
  for (const { bulkId } of read) {
    if (bulkId !== undefined && ids.has(bulkId))
      throw syntax('bulkId', `the bulkId '${bulkId.slice(0, 100)}' occurs twice`);
    if (bulkId !== undefined) ids.add(bulkId);
  }
  return { failOnErrors: readFailOnErrors(memberByAnyCase(body, 'failonerrors')), operations: read };
}

function readFailOnErrors(value: ScimValue | undefined): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
  throw syntax('failOnErrors', 'it takes a whole number from 1');
}

function readOperation(operation: ScimValue, index: number): BulkOperation {
  const place = `Operations[${index}]`;
  if (!isObject(operation)) throw syntax(place, 'an operation is not an object');
  return {
    method: (textOf(operation, 'method', place) ?? '').toUpperCase(),
    bulkId: textOf(operation, 'bulkid', place),
    version: textOf(operation, 'version', place),
    path: textOf(operation, 'path', place) ?? '',
    data: memberByAnyCase(operation, 'data'),
  };
}

function textOf(operation: ScimObject, name: string, place: string): string | undefined {
  const value = memberByAnyCase(operation, name);
  if (value === undefined || value === null || typeof value === 'string') return value ?? undefined;
  throw syntax(place, `${name} is not text`);
}

function syntax(place: string, sentence: string): Error {
  return problem('SCIM_BODY_SYNTAX', `This is not a bulk request: ${sentence}.`, { place });
}
