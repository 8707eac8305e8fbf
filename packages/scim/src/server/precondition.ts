import { problem } from '@joinery/problems';
import type { ResourceType } from '../schema/resource-type.ts';
import { type entityTags, sameVersion } from './etag.ts';
import type { ScimCall, ScimStorage } from './storage.ts';

/**
 * The version that `If-Match`, or the `version` of a bulk operation, demands, in storage's own spelling. Storage checks it again in
 * its transaction; reading first settles lists of versions and weak spellings.
 * @throws SCIM_PRECONDITION_FAILED, SCIM_NOT_FOUND
 */
export async function expectedVersion(
  storage: ScimStorage,
  type: ResourceType,
  id: string,
  tags: ReturnType<typeof entityTags>,
  call: ScimCall,
): Promise<{ readonly ifMatch: string } | undefined> {
  if (tags === undefined || tags === 'any') return undefined;
  const stored = await storage.get(type, id, call);
  if (stored === undefined) throw missing(type, id);
  const { version } = stored;
  if (tags.some((tag) => sameVersion(tag, version))) return { ifMatch: version };
  throw problem('SCIM_PRECONDITION_FAILED', `The resource has the version ${version}.`, { place: id });
}

/** SCIM_NOT_FOUND for an id that nothing has. */
export function missing(type: ResourceType, id: string): Error {
  return problem('SCIM_NOT_FOUND', `There is no ${type.name} with this id.`, { place: id.slice(0, 200) });
}
