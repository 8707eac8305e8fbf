import { problem } from '@joinery/problems';
import { bulkResponse } from '../../bulk/answer.ts';
import { readBulkRequest } from '../../bulk/message.ts';
import { BulkRun } from '../../bulk/run.ts';
import { StorageBulkWriter } from '../bulk-writer.ts';
import { bodyOf, callOf, refuseMethod, type ScimRequest, send } from '../request.ts';

/** `POST /Bulk` (RFC 7644 3.7): 200 with the outcome of each operation. */
export async function answerBulk(scim: ScimRequest): Promise<void> {
  const { context } = scim;
  if (context.limits.bulkOperations === 0) {
    throw problem('SCIM_NOT_IMPLEMENTED', 'This server does not offer /Bulk.', { place: '/Bulk' });
  }
  if (scim.request.method !== 'POST') return refuseMethod(scim, 'POST');
  const request = readBulkRequest(bodyOf(scim), context.limits.bulkOperations);
  const writer = new StorageBulkWriter(context, callOf(scim).signal, context.base(scim.request));
  return send(scim, 200, bulkResponse(await new BulkRun(request, writer).run()));
}
