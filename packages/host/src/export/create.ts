import { type AnchorAttribute, formatValue } from '@joinery/connector';
import { problem } from '@joinery/problems';
import { isObject, member, type ScimObject, sameValue } from '@joinery/scim';
import type { HostedObject, ObjectState } from '../object/hosted-object.ts';
import { anchorsOf } from '../object/identity.ts';
import { fromResource, keysIn, type RequestedObject, requestedReferences, toRow } from '../object/object-state.ts';
import { referenceKeysOf, targetNameOf } from '../object/references.ts';
import type { ObjectShape } from '../object/shape.ts';
import type { SpaceRow } from '../space/row.ts';
import { parseStored } from '../space/stored-json.ts';
import { claimsOf, idClaim, identityOfState, searchKeys } from './claims.ts';
import { checkedDn, dnOf } from './dn.ts';
import { addEntry } from './entry.ts';
import { settleCreate } from './settle.ts';
import type { WriteContext } from './write-context.ts';
import type { WriteOrder } from './write-order.ts';

/** POST (host sheet 3.8). */
export function createOrder(context: WriteContext, resource: ScimObject): WriteOrder {
  const { shape, type, connector, space, doubts, passwords, random } = context;
  const requested = fromResource(type, resource);
  const references = requestedReferences(type, resource);
  const dn = dnOf(type, (name) => requested.attributes.get(name)?.[0], requested.dn);
  const own: HostedObject = {
    attributes: requested.attributes,
    dn: dn === undefined ? undefined : checkedDn(type.dnStyle, dn),
  };
  const password = passwordOf(context, requested);
  const identity = identityOfState(type, own.attributes);
  const referredTo = [...references.values()].flat();
  const identifier = random.uuid();
  return {
    known: {
      claims: identity === undefined ? [] : [idClaim(space.idOf(identity))],
      needs: referredTo.map(idClaim),
    },
    prepare: () => {
      const id = identity === undefined ? undefined : space.idOf(identity);
      const keys = searchKeys(type, own);
      if (doubts.size > 0) {
        for (const each of id === undefined ? referredTo : [id, ...referredTo]) doubts.checkId(each);
        for (const key of keys) doubts.checkKey(key);
      }
      if (id !== undefined && space.get(id) !== undefined) {
        throw alreadyExists(anchorsOf(type, own.attributes), passwords.has(id));
      }
      if (id === undefined) checkMatching(context, own);
      const attributes = new Map(own.attributes);
      for (const [attribute, ids] of references) {
        const names = ids.map((each) => targetNameOf(shape, space, attribute, each));
        if (names.length > 0) attributes.set(attribute.name, names);
      }
      const object: HostedObject = { attributes, dn: own.dn };
      const inFirstPass = connector.traits.exportPasswordInFirstPass;
      return {
        kind: 'export',
        entry: addEntry(type, identifier, object, inFirstPass ? password : undefined),
        id,
        keys,
        ...claimsOf(type, { own: id === undefined ? [] : [id], referredTo }, object, object),
        ...findBy(type, object.attributes),
        ...(password === undefined ? {} : { password: { text: password, separate: !inFirstPass } }),
        settle: (result) => settleCreate(context, id, object, result),
        achieved: (found) => found !== undefined && holdsAll(type, found, toRow(type, found.id, object)),
      };
    },
  };
}

/**
 * Whether the object that the target has is the one that was to be created: it holds every value that was asked for. Another
 * one with the same anchor is somebody else's, and neither its values nor its password are ours to set.
 */
function holdsAll(type: ObjectShape, found: SpaceRow, wanted: SpaceRow): boolean {
  const has = parseStored(found.body);
  const asked = parseStored(wanted.body);
  const block = { has: member(has, type.urn), asked: member(asked, type.urn) };
  if (!isObject(block.has) || !isObject(block.asked)) return false;
  const { has: hasFlat, asked: askedFlat } = block;
  const referred = referenceKeysOf(type, found);
  return (
    Object.entries(askedFlat).every(([name, value]) => sameValue(member(hasFlat, name), value)) &&
    sameValue(member(has, 'displayName'), member(asked, 'displayName')) &&
    [...referenceKeysOf(type, wanted)].every((key) => referred.has(key))
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

/**
 * Where the target makes the anchor, nothing but the matching attribute tells that a caller who heard nothing of its first
 * request sends it a second time. A second object of one value could not be told from the first by matching anyway.
 * @throws SCIM_UNIQUENESS
 */
function checkMatching({ type, space, passwords }: WriteContext, own: HostedObject): void {
  const { matching } = type;
  const [value] = own.attributes.get(type.file.queryAttribute) ?? [];
  if (matching === undefined || value === undefined) return;
  for (const key of keysIn(type, matching, own)) {
    const [found] = space.findByValue(type.file.resource, matching.name, key) ?? [];
    if (found !== undefined) throw alreadyExists([{ name: type.file.queryAttribute, value }], passwords.has(found.id));
  }
}

function alreadyExists(names: readonly AnchorAttribute[], passwordUnknown: boolean): Error {
  const anchor = names.map(({ name, value }) => `${name} ${formatValue(value)}`).join(', ');
  const password = passwordUnknown ? ' It was created, but whether its password was set is not known.' : '';
  return problem('SCIM_UNIQUENESS', `An object with ${anchor} exists already.${password}`);
}
