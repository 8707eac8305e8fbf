import { type AttributeChange, nameKey, type SchemaAttribute } from '@joinery/connector';
import type { OctetString } from '../protocol/filter.ts';
import type { Modification } from '../protocol/request.ts';
import type { AttributeTypeDefinition } from '../schema/directory-schema.ts';
import { sendable } from './octets.ts';

/** The attribute that a change is about, and what the entry's name says of it. */
export interface ChangedAttribute {
  /** As the administrator selected it: single-valued also where it is only treated so. */
  readonly attribute: SchemaAttribute;
  readonly definition: AttributeTypeDefinition | undefined;
  /** Under which it is written, see `descriptionOf`. */
  readonly description: string;
  /** Its values in the RDN. */
  readonly naming: readonly string[];
  /** Its values in the RDN before a rename that has just been done; undefined where none was. */
  readonly formerNaming: readonly string[] | undefined;
}

/**
 * What one attribute change becomes in the entry's modify (LDAP sheet 5.1): a replace for an attribute with one value, deletes
 * and then adds of only the values concerned for one with several, a replace with nothing to clear it, which succeeds where
 * there is nothing (L53). Values in the RDN stay, because no modify may take them away, and what a rename has done already is
 * not sent again (L56).
 *
 * @param change as `validateEntry` leaves it
 */
export function modificationsOf(change: AttributeChange, changed: ChangedAttribute): readonly Modification[] {
  const { attribute } = changed;
  const comes = valuesOf(change, 'Add');
  const goes = valuesOf(change, 'Delete');
  if (change.modificationType === 'Delete') return whole(changed, []);
  if (!attribute.isMultiValued)
    return comes.length === 0 && goes.length === 0 && change.modificationType !== 'Replace'
      ? []
      : whole(changed, comes.slice(-1));
  if (change.modificationType === 'Replace') return whole(changed, comes);
  return deltas(changed, comes, goes);
}

/** The attribute with these values and no others, except those in the RDN. */
function whole(changed: ChangedAttribute, values: readonly OctetString[]): readonly Modification[] {
  const { definition, description, naming, formerNaming } = changed;
  const same = (a: OctetString, b: OctetString): boolean => sameValue(definition, a, b);
  if (
    values.length > 0 &&
    formerNaming !== undefined &&
    values.every((value) => naming.some((each) => same(value, each)))
  ) {
    return [];
  }
  // An attribute of one value cannot keep the old one: the server says that it names the entry.
  const kept =
    definition?.singleValue === true && values.length > 0
      ? []
      : naming.filter((each) => !values.some((value) => same(value, each)));
  return [{ operation: 'replace', type: description, values: [...values, ...kept] }];
}

function deltas(
  { definition, description, naming, formerNaming }: ChangedAttribute,
  comes: readonly OctetString[],
  goes: readonly OctetString[],
): readonly Modification[] {
  const done = (values: readonly string[], value: OctetString): boolean =>
    formerNaming !== undefined && values.some((each) => sameValue(definition, value, each));
  // An attribute that is only treated as single-valued exchanges its value; the one that names the entry stays beside the new one (LDAP sheet 5.3).
  const kept = comes.length === 0 ? [] : naming;
  const deleted = goes.filter(
    (value) => !done(formerNaming ?? [], value) && !kept.some((each) => sameValue(definition, value, each)),
  );
  const added = comes.filter((value) => !done(naming, value));
  const parts: readonly Modification[] = [
    { operation: 'delete', type: description, values: deleted },
    { operation: 'add', type: description, values: added },
  ];
  return parts.filter(({ values }) => values.length > 0);
}

function valuesOf({ valueChanges }: AttributeChange, modificationType: 'Add' | 'Delete'): readonly OctetString[] {
  return sendable(valueChanges.flatMap((each) => (each.modificationType === modificationType ? each.value : [])));
}

/** Whether a server would take both for one value, as far as that can be told here. */
function sameValue(definition: AttributeTypeDefinition | undefined, a: OctetString, b: OctetString): boolean {
  if (typeof a !== 'string' || typeof b !== 'string') return false;
  if (a === b) return true;
  return !/exact/i.test(definition?.equality ?? '') && folded(a) === folded(b);
}

function folded(text: string): string {
  return nameKey(text.normalize('NFKC')).replace(/ +/g, ' ').trim();
}
