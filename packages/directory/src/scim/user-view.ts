import type { ResourceType, ScimDraft, ScimObject, ScimValue } from '@joinery/scim';
import type { PropertyValue, UserDocument } from '../user/user.ts';
import { foreignExtensions, ordered, sentAttributes } from './complete.ts';
import { elementsOf, readSlot, type SlotValue, userSlots, writeSlot } from './element-slots.ts';
import { valueAt, withValueAt } from './nested.ts';
import { externalIdSteps, managerSteps, sharedUserAttributes } from './user-attributes.ts';

/**
 * A user as it is stored, once for Graph and SCIM. What both know lies in the document; for the elements of multi-valued attributes
 * `scim` holds the whole of what SCIM said, and the document decides where the two differ.
 */
export interface UserTruth {
  readonly id: string;
  readonly document: UserDocument;
  readonly externalId: string | null;
  readonly managerId: string | null;
  readonly scim: ScimObject;
}

/** The user as a SCIM resource, without `meta`. */
export function composeUser({ id, document, externalId, managerId, scim }: UserTruth, type: ResourceType): ScimObject {
  let resource = scim;
  for (const { steps, property, type: kind } of sharedUserAttributes) {
    const value = valueAt(document, property);
    if (typeof value === kind) resource = withValueAt(resource, steps, value);
  }
  if (externalId !== null) resource = withValueAt(resource, externalIdSteps, externalId);
  if (managerId !== null) resource = withValueAt(resource, managerSteps, managerId);
  const draft: ScimDraft = { ...resource };
  for (const slot of userSlots) {
    const wanted = new Map(Object.values(slot.members).map((name) => [name, slotValue(document[name])]));
    const elements = writeSlot(elementsOf(draft, slot.attribute), slot, wanted);
    if (elements.length === 0) delete draft[slot.attribute];
    else draft[slot.attribute] = elements;
  }
  return ordered(draft, type, id);
}

/**
 * What is stored of a user whom SCIM describes like this. Properties that SCIM has no word for stay as they were.
 * @param resource the whole resource, as {@link composeUser} gives it after a change, or as a client sent it
 * @param before undefined for a new user
 */
export function decomposeUser(
  resource: ScimObject,
  type: ResourceType,
  before: Pick<UserTruth, 'document' | 'scim'> | undefined,
): Omit<UserTruth, 'id'> {
  let rest = sentAttributes(resource);
  let document: ScimObject = before?.document ?? {};
  for (const { steps, property, type: kind } of sharedUserAttributes) {
    const value = valueAt(rest, steps);
    document = withValueAt(document, property, typeof value === kind ? value : undefined);
    rest = withValueAt(rest, steps, undefined);
  }
  for (const slot of userSlots) {
    for (const [name, value] of readSlot(elementsOf(rest, slot.attribute), slot)) {
      document = withValueAt(document, [name], value);
    }
  }
  const externalId = textAt(rest, externalIdSteps);
  const managerId = textAt(rest, managerSteps);
  rest = withValueAt(withValueAt(rest, externalIdSteps, undefined), managerSteps, undefined);
  return {
    document: asDocument(document),
    externalId,
    managerId,
    scim: { ...foreignExtensions(before?.scim ?? {}, type), ...rest },
  };
}

function slotValue(value: PropertyValue | undefined): SlotValue {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : undefined;
}

function textAt(resource: ScimObject, steps: readonly string[]): string | null {
  const value = valueAt(resource, steps);
  return typeof value === 'string' ? value : null;
}

/** A document holds what Graph can say, and that has no 64-bit integers; nothing here puts one in. */
function asDocument(object: ScimObject): UserDocument {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, asProperty(value)]));
}

function asProperty(value: ScimValue): PropertyValue {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (isElements(value)) return value.map(asProperty);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, asProperty(each)]));
}

function isElements(value: ScimObject | readonly ScimValue[]): value is readonly ScimValue[] {
  return Array.isArray(value);
}
