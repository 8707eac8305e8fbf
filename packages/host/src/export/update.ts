import { problem } from '@joinery/problems';
import type { ResourceChange, ScimObject } from '@joinery/scim';
import { isSameDn } from '../object/dn-form.ts';
import type { HostedObject, ObjectState } from '../object/hosted-object.ts';
import { fromResource, fromRow, type RequestedObject, requestedReferences, toRow } from '../object/object-state.ts';
import { changedReferences, sameReferences, storedReferences, targetNameOf } from '../object/references.ts';
import type { ObjectShape } from '../object/shape.ts';
import type { SpaceRow, StoredRow } from '../space/row.ts';
import { parseStored } from '../space/stored-json.ts';
import { claimsOf, idClaim, identityOfState, searchKeys } from './claims.ts';
import { removal } from './delete.ts';
import { flowOf, withValue } from './deprovisioning-flow.ts';
import { checkedDn, dnOf } from './dn.ts';
import { addEntry, changeEntry } from './entry.ts';
import { hasSameAnchor, settleChange } from './settle.ts';
import { existing, type WriteContext } from './write-context.ts';
import type { PreparedExport, PreparedWrite, WriteOrder } from './write-order.ts';

/** PATCH and PUT (host sheet 3.8), with the disable flow (section 6). */
export function updateOrder(
  context: WriteContext,
  id: string,
  change: ResourceChange,
  ifMatch: string | undefined,
): WriteOrder & { readonly wanted: () => SpaceRow | undefined } {
  const { type, random } = context;
  const identifier = random.uuid();
  let wanted: HostedObject | undefined;
  const prepare = (): PreparedWrite => {
    const row = existing(context, id, ifMatch);
    const current = parseStored(row.json);
    const outcome = change.apply(current);
    if (!outcome.changed) return { kind: 'settled', row };
    const shown = fromResource(type, current);
    const before = fromRow(type, row, shown);
    const requested = fromResource(type, outcome.resource);
    if (requested.password !== undefined) {
      throw problem('SCIM_MUTABILITY', 'The initial password can be given when the object is created, not later.', {
        place: 'export_password',
      });
    }
    const { attributes: referring, referredTo } = referencesAfter(context, row, outcome.resource);
    const attributes = new Map([...withHidden(type, before, requested), ...referring]);
    for (const [name, values] of referring) if (values.length === 0) attributes.delete(name);
    const after = { attributes, dn: dnAfter(type, before, attributes, requested, change.kind) };
    const flow = flowOf(type, shown, requested);
    wanted = after;
    if (flow?.kind === 'Delete') return removal(context, identifier, id, before);
    const target = flow?.kind === 'SetAttributeValue' ? withValue(type, after, flow.attribute, flow.value) : after;
    wanted = target;
    return alteration(context, identifier, { id, referredTo }, before, target) ?? { kind: 'settled', row };
  };
  return { known: { claims: [idClaim(id)], needs: [] }, prepare, wanted: () => wanted && toRow(type, id, wanted) };
}

function alteration(
  context: WriteContext,
  identifier: string,
  { id, referredTo }: { readonly id: string; readonly referredTo: readonly string[] },
  before: HostedObject,
  after: HostedObject,
): PreparedExport | undefined {
  const { type, connector, space, doubts } = context;
  const entry = changeEntry(type, identifier, connector.traits.exportType, before, after);
  if (entry === undefined) return undefined;
  const renamedTo = renamedIdentity(type, before, after);
  const next = renamedTo === undefined ? undefined : space.idOf(renamedTo);
  if (next !== undefined && next !== id) {
    if (doubts.size > 0) doubts.checkId(next);
    if (space.get(next) !== undefined) throw problem('SCIM_UNIQUENESS', 'Another object has this anchor already.');
  }
  return {
    kind: 'export',
    entry,
    asAdd: () => addEntry(type, identifier, after),
    id,
    ...(renamedTo === undefined ? {} : { renamedTo }),
    keys: [...new Set([...searchKeys(type, before), ...searchKeys(type, after)])],
    ...claimsOf(type, { own: next === undefined ? [id] : [id, next], referredTo }, before, after),
    settle: (result) => settleChange(context, id, before, after, result),
    achieved: (found) => found !== undefined && isSame(type, found, toRow(type, id, after)),
  };
}

/** The identity that a change gives the object; undefined when it keeps its own. */
function renamedIdentity(type: ObjectShape, before: HostedObject, after: HostedObject): string | undefined {
  if (hasSameAnchor(type, before, after)) return undefined;
  const was = identityOfState(type, before.attributes);
  const is = identityOfState(type, after.attributes);
  if (is === undefined) throw problem('SCIM_VALUE_INVALID', 'The anchor of the object cannot be empty.');
  return was === is ? undefined : is;
}

/** Whether the target has the object as it was to become. */
function isSame(type: ObjectShape, found: SpaceRow, wanted: SpaceRow): boolean {
  return (
    bodyWithoutId(found.body) === bodyWithoutId(wanted.body) &&
    found.hidden === wanted.hidden &&
    sameReferences(type, found, wanted)
  );
}

/** A resource that was read from the target bears the id that its present anchor has. */
function bodyWithoutId(body: string): string {
  return JSON.stringify({ ...parseStored(body), id: '' });
}

/** What the object refers to after the change, in the target's words, and the ids that are new or gone. */
function referencesAfter(
  { shape, type, space, doubts }: WriteContext,
  row: StoredRow,
  resource: ScimObject,
): { readonly attributes: ReadonlyMap<string, readonly string[]>; readonly referredTo: readonly string[] } {
  const stored = storedReferences(row);
  const attributes = new Map<string, readonly string[]>();
  const referredTo = new Set<string>();
  for (const [attribute, ids] of requestedReferences(type, resource)) {
    const before = stored.get(attribute.name) ?? [];
    const wanted = new Set(ids);
    const had = new Set(before.flatMap(([, id]) => id ?? []));
    for (const id of had.symmetricDifference(wanted)) {
      if (doubts.size > 0) doubts.checkId(id);
      referredTo.add(id);
    }
    attributes.set(
      attribute.name,
      changedReferences(attribute, before, ids, (id) => targetNameOf(shape, space, attribute, id)),
    );
  }
  return { attributes, referredTo: [...referredTo] };
}

/**
 * The DN names the object and stays (host sheet 10.1), unless the target can rename and the connector may; so does the anchor, which
 * the schema tells callers and refuses by itself. A PUT that leaves the DN out does not mean to clear it.
 * @throws SCIM_MUTABILITY, HOST_DN_INVALID
 */
function dnAfter(
  type: ObjectShape,
  before: HostedObject,
  attributes: ObjectState,
  requested: RequestedObject,
  kind: ResourceChange['kind'],
): string | undefined {
  const supplied = kind === 'replace' && requested.dn === undefined ? before.dn : requested.dn;
  if (!type.renames) {
    if (!type.dnSelected || isUnchanged(type, before.dn, supplied)) return before.dn;
    throw problem('SCIM_MUTABILITY', 'The distinguished name of the object cannot change.', { place: '-dn-' });
  }
  const dn = type.dnSelected
    ? supplied
    : type.file.dnAutogenerated
      ? dnOf(type, (name) => attributes.get(name)?.[0], undefined)
      : before.dn;
  if (isUnchanged(type, before.dn, dn)) return before.dn;
  if (dn === undefined && before.dn !== undefined) {
    throw problem('SCIM_MUTABILITY', 'The distinguished name of the object cannot be empty.', { place: '-dn-' });
  }
  return dn === undefined ? undefined : checkedDn(type.dnStyle, dn);
}

function isUnchanged({ dnStyle }: ObjectShape, before: string | undefined, dn: string | undefined): boolean {
  return before === undefined || dn === undefined ? before === dn : isSameDn(dnStyle, before, dn);
}

function withHidden(type: ObjectShape, before: HostedObject, requested: RequestedObject): ObjectState {
  const attributes = new Map(requested.attributes);
  for (const { name, hidden } of type.attributes) {
    const value = hidden ? before.attributes.get(name) : undefined;
    if (value !== undefined) attributes.set(name, value);
  }
  return attributes;
}
