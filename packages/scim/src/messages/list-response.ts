import { LIST_RESPONSE_URN } from '../schema/urns.ts';

/**
 * A ListResponse (RFC 7644 3.4.2, figure 3) around resources that are JSON text already.
 * Every list answer has this form, also for one hit and none, also for `/Schemas`.
 */
export function listResponse(totalResults: number, startIndex: number, resources: readonly string[]): string {
  return `{"schemas":["${LIST_RESPONSE_URN}"],"totalResults":${totalResults},"startIndex":${startIndex},"itemsPerPage":${resources.length},"Resources":[${resources.join(',')}]}`;
}
