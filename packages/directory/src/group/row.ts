import { problem } from '@joinery/problems';
import { fold, type ResourceType, type ScimObject } from '@joinery/scim';
import { foreignExtensions, ordered, sentAttributes } from '../scim/complete.ts';
import { checkIndexed, deriveFrom, lookupKeys } from '../scim/derived.ts';
import { withValueAt } from '../scim/nested.ts';
import type { TenantType } from '../scim/tenant-schema.ts';
import { externalIdSteps } from '../scim/user-attributes.ts';
import type { groupTable } from '../tables.ts';
import type { GroupDocument } from './group.ts';

export type GroupRow = typeof groupTable.$inferSelect;

/** A group as it is stored, once for Graph and SCIM; its members are rows of their own. */
export interface GroupTruth {
  readonly id: string;
  readonly document: GroupDocument;
  readonly externalId: string | null;
  readonly scim: ScimObject;
}

/** The group as a SCIM resource, without `meta` and members. */
export function composeGroup({ id, document, externalId, scim }: GroupTruth, type: ResourceType): ScimObject {
  const { displayName } = document;
  const resource = withValueAt(scim, externalIdSteps, externalId ?? undefined);
  return ordered(typeof displayName === 'string' ? { ...resource, displayName } : resource, type, id);
}

/** What is stored of a group that SCIM describes like this; properties that SCIM has no word for stay. */
export function decomposeGroup(
  resource: ScimObject,
  type: ResourceType,
  before: Pick<GroupTruth, 'document' | 'scim'> | undefined,
): Omit<GroupTruth, 'id'> {
  const { displayName, externalId, members: _, ...rest } = sentAttributes(resource);
  return {
    document: { ...before?.document, ...(typeof displayName === 'string' ? { displayName } : {}) },
    externalId: typeof externalId === 'string' ? externalId : null,
    scim: { ...foreignExtensions(before?.scim ?? {}, type), ...rest },
  };
}

/** The columns of a group but for its meta and member count, and the keys it is looked up by. */
export function groupColumns(truth: GroupTruth, tenantType: TenantType) {
  const { document, scim, externalId } = truth;
  const resource = composeGroup(truth, tenantType.type);
  const columns = {
    document,
    scim,
    externalId: externalId === null ? null : checkIndexed(externalId, 'externalId'),
    displayNameFolded: fold(checkIndexed(displayNameOf(document), 'displayName')),
    ...deriveFrom(resource, tenantType.type),
  };
  return { columns, keys: lookupKeys(resource, tenantType) };
}

function displayNameOf({ displayName }: GroupDocument): string {
  if (typeof displayName === 'string') return displayName;
  throw problem('DIRECTORY_PROPERTY_MISSING', `A value is required for property 'displayName' of resource 'Group'.`, {
    place: 'displayName',
  });
}
