import {
  type AnchorAttribute,
  type AttributeValue,
  anchorAttributes,
  canonicalAnchor,
  identityOfValues,
  parseCanonicalAnchor,
} from '@joinery/connector';
import { problem } from '@joinery/problems';
import type { Random } from '@joinery/runtime';
import type { Space } from '../space/space.ts';
import type { ObjectShape, Shape } from './shape.ts';

/*
 * The identity of an object among all objects of its connector (host sheet 13.1 (1)): for users the canonical anchor as it
 * is; for other resources `T`, a byte with the length of the resource's name, the name, and the bytes of the canonical
 * anchor. So a user and a group of the same anchor are two, and an identity leads back to type and anchor without a look-up.
 */
const TYPE_TAG = 'T'.charCodeAt(0);
const NEXT_TAG = 'N'.charCodeAt(0);

/** @throws CONNECTOR_VALUE_INVALID when an anchor is missing, blank or not of its type */
export function identityOf(type: ObjectShape, anchors: readonly AnchorAttribute[]): string {
  return ofResource(type, canonicalAnchor(anchors, type.schemaType));
}

/** {@link identityOf} for objects whose anchors are known to be good. */
export function identityMaker(type: ObjectShape): (anchors: readonly AttributeValue[]) => string {
  const attributes = anchorAttributes(type.schemaType);
  return (anchors) => ofResource(type, identityOfValues(attributes, anchors));
}

function ofResource({ file: { resource } }: ObjectShape, anchor: string): string {
  if (resource === 'User') return anchor;
  const name = Buffer.from(resource, 'latin1');
  return Buffer.concat([Buffer.from([TYPE_TAG, name.length]), name, Buffer.from(anchor, 'base64url')]).toString(
    'base64url',
  );
}

/** Whether an id is one of this type. Ids of another type are answered as those of nobody. */
export function isIdOf(type: ObjectShape, shape: Shape, space: Pick<Space, 'identityOf'>, id: string): boolean {
  return shape.types.length === 1 || resourceOf(bytesOf(space.identityOf(id))) === type.file.resource;
}

/** The type and the anchors that {@link identityOf} encoded, also through {@link furtherId}. @throws CONNECTOR_ANCHOR_INVALID for any other text */
export function parseIdentity(
  shape: Shape,
  identity: string,
): { readonly type: ObjectShape; readonly anchors: readonly AnchorAttribute[] } {
  const bytes = bytesOf(identity);
  const resource = resourceOf(bytes);
  const type = shape.types.find(({ file }) => file.resource === resource);
  const tagged = bytes[0] === TYPE_TAG;
  if (type === undefined || (tagged && resource === 'User')) {
    throw problem('CONNECTOR_ANCHOR_INVALID', `"${identity.slice(0, 64)}" is not an identifier of this connector.`);
  }
  // Only what is taken apart is put together again: other spellings of an identity are refused, not repaired.
  const apart = tagged || Buffer.from(identity, 'base64url')[0] === NEXT_TAG;
  const anchor = apart ? bytes.subarray(tagged ? 2 + resource.length : 0).toString('base64url') : identity;
  return { type, anchors: parseCanonicalAnchor(anchor, type.schemaType) };
}

/** The bytes of an identity, without what {@link furtherId} put before them. */
function bytesOf(id: string): Buffer {
  const bytes = Buffer.from(id, 'base64url');
  return bytes[0] === NEXT_TAG ? bytes.subarray(5) : bytes;
}

function resourceOf(bytes: Buffer): string {
  return bytes[0] === TYPE_TAG ? bytes.toString('latin1', 2, 2 + (bytes[1] ?? 0)) : 'User';
}

/**
 * An id for an object whose identity is another object's id: that one was called so before it was renamed, and keeps its
 * id (host sheet 13.1 (1)). `N`, four random bytes, and the identity, so that it still leads back to the anchor.
 */
export function furtherId(identity: string, random: Random): string {
  return Buffer.concat([Buffer.from([NEXT_TAG]), random.bytes(4), Buffer.from(identity, 'base64url')]).toString(
    'base64url',
  );
}

/** The anchor of an object, empty while a part of it is missing. */
export function anchorsOf(
  type: ObjectShape,
  attributes: ReadonlyMap<string, readonly AttributeValue[]>,
): AnchorAttribute[] {
  const names = type.schemaType.attributes.filter(({ isAnchor }) => isAnchor).map(({ name }) => name);
  const anchors = names.flatMap((name) => {
    const value = attributes.get(name)?.[0];
    return value === undefined ? [] : [{ name, value }];
  });
  return anchors.length === names.length ? anchors : [];
}
