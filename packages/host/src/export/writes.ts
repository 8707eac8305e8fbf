import { type AttributeValue, type Connector, type CSEntryChangeResult, formatValue } from '@joinery/connector';
import { problem } from '@joinery/problems';
import type { Random } from '@joinery/runtime';
import { fold, isObject, member, type ResourceChange, type ScimObject, sameValue } from '@joinery/scim';
import type { DeprovisioningFlow } from '../configuration/deprovisioning.ts';
import { anchorsOf, identityOf } from '../facade/identity.ts';
import {
  fromResource,
  fromRow,
  type HostedObject,
  type ObjectState,
  type RequestedObject,
  sameValues,
  toRow,
} from '../facade/object-state.ts';
import { configuredValue, type ObjectShape } from '../facade/shape.ts';
import { keysOf } from '../space/indexed-attribute.ts';
import { etag, type SpaceRow, type StoredRow } from '../space/row.ts';
import type { Space } from '../space/space.ts';
import { parseStored } from '../space/stored-json.ts';
import { checkLdapDn, dnOf, parentOf } from './dn.ts';
import { addEntry, changeEntry, deleteEntry } from './entry.ts';
import type { InDoubt } from './in-doubt.ts';
import type { UnknownPasswords } from './unknown-passwords.ts';
import {
  lookupKey,
  type PreparedExport,
  type PreparedWrite,
  type SpaceChange,
  type WriteOrder,
} from './write-order.ts';

export interface WriteContext {
  readonly type: ObjectShape;
  readonly connector: Connector;
  readonly space: Space;
  readonly doubts: InDoubt;
  readonly passwords: UnknownPasswords;
  readonly random: Random;
}

/** POST (host sheet 3.8). */
export function createOrder(context: WriteContext, resource: ScimObject): WriteOrder {
  const { type, connector, space, doubts, passwords, random } = context;
  const requested = fromResource(type, resource);
  const object: HostedObject = {
    attributes: requested.attributes,
    dn: dnOf(type, requested.attributes, requested.dn),
  };
  if (object.dn !== undefined && connector.traits.distinguishedNameStyle === 'Ldap') checkLdapDn(object.dn);
  const password = passwordOf(context, requested);
  const id = idOf(type, object.attributes);
  const identifier = random.uuid();
  return {
    known: { claims: id === undefined ? [] : [idClaim(id)], needs: [] },
    prepare: () => {
      const keys = searchKeys(type, object);
      if (doubts.size > 0) {
        if (id !== undefined) doubts.checkId(id);
        for (const key of keys) doubts.checkKey(key);
      }
      if (id !== undefined && space.get(id) !== undefined)
        throw alreadyExists(type, object.attributes, passwords.has(id));
      const inFirstPass = connector.traits.exportPasswordInFirstPass;
      return {
        kind: 'export',
        entry: addEntry(type, identifier, object, inFirstPass ? password : undefined),
        id,
        keys,
        ...claimsOf(type, id, object, object),
        ...findBy(type, object.attributes),
        ...(password === undefined ? {} : { password: { text: password, separate: !inFirstPass } }),
        settle: (result) => ({ row: rowAfter(type, object, result) }),
        achieved: (found) => found !== undefined && holdsAll(type, found, toRow(type, found.id, object)),
      };
    },
  };
}

/** PATCH and PUT (host sheet 3.8), with the disable flow (section 6). */
export function updateOrder(
  context: WriteContext,
  id: string,
  change: ResourceChange,
  ifMatch: string | undefined,
): WriteOrder & { readonly wanted: () => SpaceRow | undefined } {
  const { type, random } = context;
  const identifier = random.uuid();
  let wanted: SpaceRow | undefined;
  const prepare = (): PreparedWrite => {
    const row = existing(context, id, ifMatch);
    const current = parseStored(row.json);
    const outcome = change.apply(current);
    if (!outcome.changed) return { kind: 'settled', row };
    const before = fromRow(type, row);
    const requested = fromResource(type, outcome.resource);
    if (requested.password !== undefined) {
      throw problem('SCIM_MUTABILITY', 'The initial password can be given when the object is created, not later.', {
        place: 'export_password',
      });
    }
    const after = keepDn(type, before, withHidden(type, before, requested), change.kind);
    const flow = flowOf(type, fromResource(type, current), requested);
    wanted = toRow(type, id, after);
    if (flow?.kind === 'Delete') return removal(context, identifier, id, before);
    const target = flow?.kind === 'SetAttributeValue' ? withValue(type, after, flow.attribute, flow.value) : after;
    wanted = toRow(type, id, target);
    return alteration(context, identifier, id, before, target) ?? { kind: 'settled', row };
  };
  return { known: { claims: [idClaim(id)], needs: [] }, prepare, wanted: () => wanted };
}

/** DELETE (host sheet 3.8, section 6). */
export function deleteOrder(context: WriteContext, id: string, ifMatch: string | undefined): WriteOrder {
  const { type, connector, random } = context;
  const identifier = random.uuid();
  return {
    known: { claims: [idClaim(id)], needs: [] },
    prepare: () => {
      const before = fromRow(type, existing(context, id, ifMatch));
      const { deleteFlow } = type.file.deprovisioning;
      if (deleteFlow.kind === 'None') return { kind: 'spaceOnly', change: { remove: [id] } };
      if (deleteFlow.kind === 'Delete') return removal(context, identifier, id, before);
      const after = withValue(type, before, deleteFlow.attribute, deleteFlow.value);
      const entry = changeEntry(type, identifier, connector.traits.exportType, before, after);
      if (entry === undefined) return { kind: 'spaceOnly', change: { remove: [id] } };
      return {
        kind: 'export',
        entry,
        id,
        keys: searchKeys(type, before),
        ...claimsOf(type, id, before, after),
        // The object stays in the target with its mark; for the caller it is deleted until the next import.
        settle: () => ({ remove: [id] }),
        achieved: (found) => found !== undefined && found.hidden === toRow(type, id, after).hidden,
      };
    },
  };
}

function removal({ type }: WriteContext, identifier: string, id: string, before: HostedObject): PreparedExport {
  return {
    kind: 'export',
    entry: deleteEntry(type, identifier, before),
    id,
    keys: searchKeys(type, before),
    ...claimsOf(type, id, before, before),
    settle: () => ({ remove: [id] }),
    achieved: (found) => found === undefined,
  };
}

function alteration(
  { type, connector }: WriteContext,
  identifier: string,
  id: string,
  before: HostedObject,
  after: HostedObject,
): PreparedExport | undefined {
  const entry = changeEntry(type, identifier, connector.traits.exportType, before, after);
  if (entry === undefined) return undefined;
  const row = toRow(type, id, after);
  return {
    kind: 'export',
    entry,
    asAdd: addEntry(type, identifier, after),
    id,
    keys: [...new Set([...searchKeys(type, before), ...searchKeys(type, after)])],
    ...claimsOf(type, id, before, after),
    settle: (result) => settleChange(type, id, after, result),
    achieved: (found) => found !== undefined && found.body === row.body && found.hidden === row.hidden,
  };
}

/**
 * Whether the object that the target has is the one that was to be created: it holds every value that was asked for. Another
 * one with the same anchor is somebody else's, and neither its values nor its password are ours to set.
 */
function holdsAll(type: ObjectShape, found: SpaceRow, wanted: SpaceRow): boolean {
  const has = member(parseStored(found.body), type.urn);
  const asked = member(parseStored(wanted.body), type.urn);
  if (!isObject(has) || !isObject(asked)) return false;
  return Object.entries(asked).every(([name, value]) => sameValue(member(has, name), value));
}

/** @throws SCIM_NOT_FOUND, SCIM_PRECONDITION_FAILED, HOST_OBJECT_IN_DOUBT */
function existing({ space, doubts }: WriteContext, id: string, ifMatch: string | undefined): StoredRow {
  if (doubts.size > 0) doubts.checkId(id);
  const row = space.get(id);
  if (row === undefined) throw problem('SCIM_NOT_FOUND', 'There is no object with this id.');
  if (ifMatch !== undefined && ifMatch !== '*' && ifMatch !== etag(row.version)) {
    throw problem('SCIM_PRECONDITION_FAILED', `The object has the version ${etag(row.version)} now.`);
  }
  return row;
}

/**
 * The DN names the object and stays (host sheet 10.1), as the anchor does, which the schema tells callers and refuses by itself.
 * A PUT that leaves the DN out does not mean to clear it. @throws SCIM_MUTABILITY
 */
function keepDn(
  type: ObjectShape,
  before: HostedObject,
  requested: HostedObject,
  kind: ResourceChange['kind'],
): HostedObject {
  const asBefore = before.dn === requested.dn || (kind === 'replace' && requested.dn === undefined);
  if (!type.dnSelected || asBefore) return { attributes: requested.attributes, dn: before.dn };
  throw problem('SCIM_MUTABILITY', 'The distinguished name of the object cannot change.', { place: '-dn-' });
}

function withHidden(type: ObjectShape, before: HostedObject, requested: RequestedObject): HostedObject {
  const attributes = new Map(requested.attributes);
  for (const { name, hidden } of type.attributes) {
    const value = hidden ? before.attributes.get(name) : undefined;
    if (value !== undefined) attributes.set(name, value);
  }
  return { attributes, dn: requested.dn };
}

/** Which flow a change asks for (host sheet 13.1 (6)): disabling, or taking a disabling value back. */
function flowOf(type: ObjectShape, before: RequestedObject, after: RequestedObject): DeprovisioningFlow | undefined {
  const { disableFlow, statusAttribute } = type.file.deprovisioning;
  const becomes = (value: boolean): boolean =>
    (after.active === value && before.active !== value) ||
    (statusAttribute !== undefined &&
      sameValues(after.attributes.get(statusAttribute), [value]) &&
      !sameValues(before.attributes.get(statusAttribute), [value]));
  if (becomes(false)) return disableFlow;
  if (disableFlow.kind !== 'SetAttributeValue' || disableFlow.enableValue === undefined || !becomes(true))
    return undefined;
  return { ...disableFlow, value: disableFlow.enableValue };
}

function withValue(type: ObjectShape, object: HostedObject, name: string, text: string): HostedObject {
  return { attributes: new Map(object.attributes).set(name, [configuredValue(type, name, text)]), dn: object.dn };
}

/** The object after the target has told what it made of it: generated anchors and values (host sheet 3.6). */
function afterResult(object: HostedObject, result: CSEntryChangeResult | undefined): HostedObject {
  const attributes = new Map<string, readonly AttributeValue[]>(object.attributes);
  for (const { name, modificationType, valueChanges } of result?.attributeChanges ?? []) {
    if (modificationType === 'Delete') attributes.delete(name);
    else
      attributes.set(
        name,
        valueChanges.flatMap((each) => (each.modificationType === 'Add' ? [each.value] : [])),
      );
  }
  for (const { name, value } of result?.anchorAttributes ?? []) attributes.set(name, [value]);
  return { attributes, dn: result?.dn ?? object.dn };
}

function rowAfter(type: ObjectShape, object: HostedObject, result: CSEntryChangeResult | undefined): SpaceRow {
  const after = afterResult(object, result);
  return toRow(type, identityOf(type, anchorsOf(type, after.attributes)), after);
}

function settleChange(
  type: ObjectShape,
  id: string,
  object: HostedObject,
  result: CSEntryChangeResult | undefined,
): SpaceChange {
  const row = rowAfter(type, object, result);
  return row.id === id ? { row } : { row, remove: [id] };
}

function idOf(type: ObjectShape, attributes: ObjectState): string | undefined {
  const anchors = anchorsOf(type, attributes);
  return anchors.length === 0 ? undefined : identityOf(type, anchors);
}

function idClaim(id: string): string {
  return `id:${id}`;
}

function claimsOf(
  type: ObjectShape,
  id: string | undefined,
  before: HostedObject,
  after: HostedObject,
): { claims: string[]; needs: string[] } {
  const claims = new Set<string>(id === undefined ? [] : [idClaim(id)]);
  const needs = new Set<string>();
  const { anchor, queryAttribute } = type.file;
  // The parts of a compound anchor are not unique one by one; together they are in the claim of the id.
  const unique =
    anchor.length > 1 ? [queryAttribute].filter((name) => !anchor.includes(name)) : [...anchor, queryAttribute];
  for (const { attributes, dn } of [before, after]) {
    for (const name of unique)
      for (const value of attributes.get(name) ?? []) claims.add(`value:${name}:${fold(formatValue(value))}`);
    if (dn === undefined) continue;
    claims.add(`dn:${fold(dn)}`);
    const parent = parentOf(dn);
    if (parent !== undefined) needs.add(`dn:${fold(parent)}`);
  }
  return { claims: [...claims], needs: [...needs] };
}

/** Every value by which a caller could look the object up. */
function searchKeys(type: ObjectShape, object: HostedObject): string[] {
  const resource = parseStored(toRow(type, '', object).body);
  return type.matchable.flatMap((attribute) =>
    [...keysOf(resource, attribute)].map((key) => lookupKey(attribute.name, key)),
  );
}

/** An object without an anchor yet is found again by its query attribute. */
function findBy(type: ObjectShape, attributes: ObjectState): { findBy?: { attribute: string; value: string } } {
  const attribute = type.file.queryAttribute;
  const value = attributes.get(attribute)?.[0];
  return value === undefined ? {} : { findBy: { attribute, value: formatValue(value) } };
}

function passwordOf({ connector }: WriteContext, { password }: RequestedObject): string | undefined {
  if (password === undefined || connector.traits.exportPasswordInFirstPass || connector.password !== undefined)
    return password;
  throw problem('HOST_PASSWORD_UNSUPPORTED', 'This connector cannot set passwords.', { place: 'export_password' });
}

function alreadyExists(type: ObjectShape, attributes: ObjectState, passwordUnknown: boolean): Error {
  const anchor = anchorsOf(type, attributes)
    .map(({ name, value }) => `${name} ${formatValue(value)}`)
    .join(', ');
  const password = passwordUnknown ? ' It was created, but whether its password was set is not known.' : '';
  return problem('SCIM_UNIQUENESS', `An object with ${anchor} exists already.${password}`);
}
