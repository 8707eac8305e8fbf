import { problem } from '@joinery/problems';
import { sameVersion } from '@joinery/scim';
import { type MetaColumns, versionTag } from './meta.ts';
import type { TenantType } from './tenant-schema.ts';

/** @throws SCIM_PRECONDITION_FAILED when the resource has another version than If-Match asks for */
export function checkVersion({ version }: MetaColumns, ifMatch: string | undefined): void {
  const tag = versionTag(version);
  if (ifMatch === undefined || sameVersion(ifMatch, tag)) return;
  throw problem('SCIM_PRECONDITION_FAILED', `The resource has the version ${tag}.`, { place: 'If-Match' });
}

export function notFound({ objectType }: TenantType, id: string): Error {
  return problem('SCIM_NOT_FOUND', `There is no ${objectType} with this id.`, { place: id.slice(0, 200) });
}
