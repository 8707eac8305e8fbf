import { problem } from '@joinery/problems';
import type { ResourceType } from '../schema/resource-type.ts';
import { type entityTags, sameVersion } from './etag.ts';
import type { ScimCall, ScimStorage, StoredResource } from './storage.ts';

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
  const { version } = await currentResource(storage, type, id, call);
  if (tags.some((tag) => sameVersion(tag, version))) return { ifMatch: version };
  throw problem('SCIM_PRECONDITION_FAILED', `The resource has the version ${version}.`, { place: id });
}

/** @throws SCIM_NOT_FOUND */
export async function currentResource(
  storage: ScimStorage,
  type: ResourceType,
  id: string,
  call: ScimCall,
): Promise<StoredResource> {
  const stored = await storage.get(type, id, call);
  if (stored !== undefined) return stored;
  throw problem('SCIM_NOT_FOUND', `There is no ${type.name} with this id.`, { place: id.slice(0, 200) });
}
