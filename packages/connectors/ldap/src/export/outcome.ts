import {
  type AnchorAttribute,
  type AttributeChange,
  type AttributeValue,
  type CSEntryChange,
  type CSEntryChangeResult,
  canonicalDn,
  dnKey,
  nameKey,
  parentDn,
  type SchemaType,
} from '@joinery/connector';
import { guidOrderOf, guidText } from '../import/guid.ts';
import { normalObjectClasses } from '../import/object-classes.ts';
import type { AttributeValues } from '../protocol/request.ts';
import type { LdapResult } from '../protocol/result.ts';
import type { ExportOperation } from './error-table.ts';
import { type Asked, type ExportFault, failed, faultOf } from './fault.ts';
import type { NamingValues } from './naming.ts';
import type { ExportScope } from './scope.ts';
import type { PresentEntry } from './turn.ts';

/** One entry on its way. */
export interface EntryTask {
  /** As `validateEntry` leaves it, with a DN that can be read. */
  readonly entry: CSEntryChange & { readonly dn: string };
  readonly type: SchemaType;
}

/** What is asked, for the words about a refusal. */
export function asked(
  scope: ExportScope,
  operation: ExportOperation,
  dn: string,
  sent: readonly AttributeValues[] = [],
): Asked {
  const [only, ...more] = new Set(sent.map(({ type }) => type));
  return {
    operation,
    kind: scope.context.profile.kind,
    dn,
    parent: parentDn(dn),
    attribute: more.length === 0 ? only : undefined,
    secrets: scope.secretsOf(sent),
  };
}

/** The result of an entry that the server refused. */
export function refused({ entry }: EntryTask, result: LdapResult, about: Asked): CSEntryChangeResult {
  return failed(entry.identifier, faultOf(result, about));
}

/** The result of an entry that never went to the server. */
export function invalid(
  identifier: string,
  errorCode: ExportFault['errorCode'],
  errorDetail: string,
): CSEntryChangeResult {
  return { identifier, errorCode, errorDetail };
}

/** Anchors that the server makes and that the host has to be told: all that an Add does not bring itself (LDAP sheet 2.4). */
export function madeAnchors({ type, entry }: EntryTask): readonly string[] {
  const given = new Set(entry.anchorAttributes.map(({ name }) => nameKey(name)));
  return type.attributes.flatMap(({ name, isAnchor, allowedOperation }) =>
    isAnchor && nameKey(name) !== 'entrydn' && (allowedOperation === 'ImportOnly' || !given.has(nameKey(name)))
      ? name
      : [],
  );
}

/** Anchors as imports hand them over. */
export function anchorsOf(
  task: EntryTask,
  names: readonly string[],
  present: PresentEntry,
  scope: ExportScope,
): readonly AnchorAttribute[] {
  return names.flatMap((name) => {
    const octets = present.values.get(scope.attributeKey(name))?.[0];
    return octets === undefined ? [] : [{ name, value: importedValue(task, name, octets) }];
  });
}

/** An attribute as imports hand it over, whole: values that are not part of the entry's name come first (LDAP sheet 5.3). */
export function presentChange(
  task: EntryTask,
  name: string,
  present: PresentEntry,
  { scope, naming }: { readonly scope: ExportScope; readonly naming: NamingValues },
): AttributeChange {
  const key = scope.attributeKey(name);
  const values = (present.values.get(key) ?? []).map((octets) => importedValue(task, name, octets));
  if (values.length === 0) return { name, modificationType: 'Delete', valueChanges: [] };
  const names = new Set((naming.get(key) ?? []).map(nameKey));
  const isName = (value: AttributeValue): boolean => typeof value === 'string' && names.has(nameKey(value));
  const inOrder = [...values.filter((value) => !isName(value)), ...values.filter(isName)];
  return {
    name,
    modificationType: 'Replace',
    valueChanges: inOrder.map((value) => ({ value, modificationType: 'Add' })),
  };
}

/** GUIDs in their text form, the rest by the attribute's type. */
function importedValue({ type }: EntryTask, name: string, octets: Uint8Array): AttributeValue {
  const bytes = Buffer.from(octets);
  const order = guidOrderOf(name);
  if (order !== undefined) return guidText(bytes, order);
  const declared = type.attributes.find((attribute) => attribute.name === name)?.type;
  const text = bytes.toString('utf8');
  if (declared === 'Binary') return octets;
  if (declared === 'Integer' && /^-?\d+$/.test(text)) return BigInt(text);
  return declared === 'Reference' ? (canonicalDn(text) ?? text) : text;
}

/** The anchor that a DN is, where the type has it: the DN in its comparison form. */
export function dnAnchor({ type }: EntryTask, dn: string): readonly AnchorAttribute[] {
  const attribute = type.attributes.find(({ name, isAnchor }) => isAnchor && nameKey(name) === 'entrydn');
  const value = dnKey(dn);
  return attribute === undefined || value === undefined ? [] : [{ name: attribute.name, value }];
}

/** What the space is to hold as object classes, in the one form that imports bring (L31). */
export function writtenClasses(
  { type }: EntryTask,
  scope: ExportScope,
  classes: readonly string[],
): readonly AttributeChange[] {
  const attribute = type.attributes.find(({ name }) => nameKey(name) === 'objectclass');
  if (attribute === undefined || classes.length === 0) return [];
  const values = normalObjectClasses(scope.context.schema, classes);
  const valueChanges = values.map((value) => ({ value, modificationType: 'Add' as const }));
  return [{ name: attribute.name, modificationType: 'Replace', valueChanges }];
}
