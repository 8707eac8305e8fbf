import type { DirectorySchema } from '../../../schema/directory-schema.ts';
import type { EntryPlan, Slot } from '../../entry-plan.ts';
import { anchorsOf } from '../departure.ts';

/** What the anchors of the selected types ask of a log, besides names. */
export interface AnchorAttributes {
  readonly slots: readonly Slot[];
  /** Those that can be given another value. */
  readonly changeable: readonly Slot[];
}

export function anchorAttributes(schema: DirectorySchema, { types }: EntryPlan): AnchorAttributes {
  const parts = types.flatMap(anchorsOf);
  const slots = [...new Set(parts.flatMap(({ from }) => (typeof from === 'object' ? [from] : [])))];
  return { slots, changeable: slots.filter(({ name }) => schema.attributeType(name)?.noUserModification !== true) };
}

/** True where one of the attributes is meant by a description, in any letter case and with any options. */
export function isMeant(slots: readonly Slot[], description: string): boolean {
  const [name = ''] = description.toLowerCase().split(';');
  return slots.some(({ keys }) => keys.has(name));
}

/** True where a name holds a value of one of the attributes: giving it another name gives them another value. */
export function isNaming(slots: readonly Slot[], rdn: string): boolean {
  return rdn.split(/(?<!\\)\+/).some((part) => isMeant(slots, part.slice(0, part.indexOf('=')).trim()));
}
