import type { AnchorAttribute, AttributeValue, CSEntryChange } from '@joinery/connector';
import type { LdapContext } from '../../context.ts';
import type { EntryPart, PlannedType } from '../entry-plan.ts';

/** The anchors of a type, in their order. */
export function anchorsOf({ parts }: PlannedType): readonly EntryPart[] {
  return parts.filter(({ isAnchor }) => isAnchor);
}

/** True where objects of the type are known by their distinguished name alone. */
export function isKnownByName(type: PlannedType): boolean {
  const anchors = anchorsOf(type);
  return anchors.length > 0 && anchors.every(({ from }) => from === 'dn');
}

/**
 * That an object is gone.
 * @param value the anchors that it was known by
 * @returns undefined where one of them is missing
 */
export function departure(
  { random }: Pick<LdapContext, 'random'>,
  type: PlannedType,
  value: (part: EntryPart) => AttributeValue | undefined,
): CSEntryChange | undefined {
  const anchorAttributes: AnchorAttribute[] = [];
  for (const part of anchorsOf(type)) {
    const anchor = value(part);
    if (anchor === undefined) return undefined;
    anchorAttributes.push({ name: part.name, value: anchor });
  }
  return {
    identifier: random.uuid(),
    objectType: type.name,
    objectModificationType: 'Delete',
    anchorAttributes,
    attributeChanges: [],
  };
}
