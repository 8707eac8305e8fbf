import { problem } from '@joinery/problems';
import { locationOf } from '../location.ts';
import type { ScimRequest } from '../request.ts';
import { answerResource } from './resource.ts';

/**
 * `/Me` (RFC 7644 3.11): the resource of the caller, as if its own address had been used; `Location` names that one.
 * @throws SCIM_NOT_IMPLEMENTED where the server does not know its callers, SCIM_NOT_FOUND for a caller without a resource
 */
export async function answerMe(scim: ScimRequest): Promise<void> {
  const { me, base } = scim.context;
  if (me === undefined) throw problem('SCIM_NOT_IMPLEMENTED', 'This server does not offer /Me.', { place: '/Me' });
  const own = await me(scim.request);
  if (own === undefined) throw problem('SCIM_NOT_FOUND', 'There is no resource for this caller.', { place: '/Me' });
  scim.reply.header('location', locationOf(base(scim.request), own.type, own.id));
  return answerResource(scim, own.type, own.id);
}
