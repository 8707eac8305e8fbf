import { type Problem, toScimError } from '@joinery/problems';
import { BULK_RESPONSE_URN } from '../schema/urns.ts';
import type { BulkOperation } from './message.ts';

/** What became of one operation. */
export type BulkResult =
  | { readonly status: 200 | 201 | 204; readonly location: string; readonly version: string | undefined }
  | { readonly problem: Problem; readonly location: string | undefined };

/** A BulkResponse (RFC 7644 3.7.3): the outcome by operation, with an error body where there was one. */
export function bulkResponse(results: Iterable<readonly [BulkOperation, BulkResult]>): string {
  const operations = [...results].map(([{ method, bulkId }, result]) => ({
    location: result.location,
    method,
    bulkId,
    ...('problem' in result
      ? { response: toScimError(result.problem), status: String(result.problem.status) }
      : { version: result.version, status: String(result.status) }),
  }));
  return JSON.stringify({ schemas: [BULK_RESPONSE_URN], Operations: operations });
}
