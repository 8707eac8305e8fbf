import { problem } from '@joinery/problems';
import { coerceValue } from './coercion.ts';
import type { AnchorAttribute } from './entry.ts';
import { byName } from './name.ts';
import { anchorAttributes, type SchemaAttribute, type SchemaType } from './schema.ts';
import type { AttributeType, AttributeValue } from './values.ts';

/*
 * The identity of an object (host sheet 13.1 (1)): base64url of a type tag and the canonical anchor bytes.
 *
 *   one anchor        <tag> <bytes>
 *   compound anchor   C, then for each anchor in schema order: 4 bytes length (big endian) of what follows, <tag> <bytes>
 *
 * Tags: S text (String, Reference) as UTF-8; I integer as decimal text; B boolean as 0 or 1; X binary as it is.
 * Text is taken as it stands, without folding or normalising: two anchors of one file may differ by nothing but case.
 */

const tags: Readonly<Record<AttributeType, string>> = {
  String: 'S',
  Reference: 'S',
  Integer: 'I',
  Boolean: 'B',
  Binary: 'X',
};
const compoundTag = 'C'.charCodeAt(0);

/** The identity of an object, or which anchor is missing, blank or not of its type. */
export type AnchorIdentity =
  | { readonly ok: true; readonly identity: string }
  | { readonly ok: false; readonly attribute: string; readonly detail: string };

/**
 * The canonical, reversible identity of an object, safe in URLs.
 * @param anchors the object's anchor attributes in any order; values of any form that {@link coerceValue} takes
 */
export function anchorIdentity(anchors: readonly AnchorAttribute[], type: SchemaType): AnchorIdentity {
  const attributes = anchorAttributes(type);
  const values: AttributeValue[] = [];
  for (const attribute of attributes) {
    const value = contentOf(attribute, byName(anchors, attribute.name)?.value);
    if (isFault(value)) return { ok: false, ...value };
    values.push(value);
  }
  if (values.length === 0) {
    return { ok: false, attribute: '', detail: `The object type "${type.name}" has no anchor.` };
  }
  return { ok: true, identity: identityOfValues(attributes, values) };
}

/**
 * {@link anchorIdentity} of values that are known to be good: of the types of their attributes, none of them blank.
 * @param attributes the anchors of a type, in its order; at least one
 * @param values one for each
 */
export function identityOfValues(attributes: readonly SchemaAttribute[], values: readonly AttributeValue[]): string {
  const parts = attributes.map(({ type }, at) => encodePart(tags[type], values[at] ?? ''));
  const [only] = parts;
  return (parts.length === 1 && only !== undefined ? only : joinCompound(parts)).toString('base64url');
}

/**
 * {@link anchorIdentity} where the anchors are known to be good.
 * @throws CONNECTOR_VALUE_INVALID when an anchor of the type is missing, blank or not of its type
 */
export function canonicalAnchor(anchors: readonly AnchorAttribute[], type: SchemaType): string {
  const reading = anchorIdentity(anchors, type);
  if (!reading.ok) throw problem('CONNECTOR_VALUE_INVALID', reading.detail, { place: reading.attribute });
  return reading.identity;
}

/**
 * The anchors that {@link canonicalAnchor} encoded: an export-only connector has nothing else to rebuild them from.
 * @throws CONNECTOR_ANCHOR_INVALID when the text is not an identity of this type
 */
export function parseCanonicalAnchor(identity: string, type: SchemaType): readonly AnchorAttribute[] {
  const refuse = (): never => {
    throw problem('CONNECTOR_ANCHOR_INVALID', `"${identity.slice(0, 64)}" is not an identifier of a "${type.name}".`);
  };
  const bytes = Buffer.from(identity, 'base64url');
  const attributes = anchorAttributes(type);
  const parts = attributes.length === 1 ? [bytes] : splitCompound(bytes);
  if (parts === undefined || parts.length !== attributes.length) return refuse();
  const anchors: AnchorAttribute[] = [];
  for (const [index, attribute] of attributes.entries()) {
    const part = parts[index];
    const value = part === undefined ? undefined : decodePart(attribute, part);
    if (value === undefined) return refuse();
    anchors.push({ name: attribute.name, value });
  }
  // One object has one identity: other spellings (padding, `+00`, broken UTF-8) are refused, not repaired.
  const again = anchorIdentity(anchors, type);
  return again.ok && again.identity === identity ? anchors : refuse();
}

interface ValueFault {
  readonly attribute: string;
  readonly detail: string;
}

function contentOf(attribute: SchemaAttribute, value: AttributeValue | undefined): AttributeValue | ValueFault {
  const coerced = value === undefined ? undefined : coerceValue(attribute, value);
  if (coerced?.ok === false) return { attribute: attribute.name, detail: coerced.fault.detail };
  const content = coerced?.value;
  if (content === undefined || content === '' || (content instanceof Uint8Array && content.length === 0)) {
    return { attribute: attribute.name, detail: `The anchor "${attribute.name}" has no value.` };
  }
  return content;
}

function isFault(content: AttributeValue | ValueFault): content is ValueFault {
  return typeof content === 'object' && !(content instanceof Uint8Array);
}

function encodePart(tag: string, content: AttributeValue): Buffer {
  if (content instanceof Uint8Array) return Buffer.concat([Buffer.from(tag), content]);
  return Buffer.from(tag + (typeof content === 'boolean' ? (content ? '1' : '0') : String(content)));
}

function joinCompound(parts: readonly Buffer[]): Buffer {
  const pieces: Uint8Array[] = [Uint8Array.of(compoundTag)];
  for (const part of parts) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    pieces.push(length, part);
  }
  return Buffer.concat(pieces);
}

function decodePart(attribute: SchemaAttribute, part: Buffer): AttributeValue | undefined {
  if (part.length < 2 || part.toString('latin1', 0, 1) !== tags[attribute.type]) return undefined;
  const content = part.subarray(1);
  if (attribute.type === 'Binary') return new Uint8Array(content);
  const coerced = coerceValue(attribute, content.toString('utf8'));
  return coerced.ok ? coerced.value : undefined;
}

function splitCompound(bytes: Buffer): Buffer[] | undefined {
  if (bytes[0] !== compoundTag) return undefined;
  const parts: Buffer[] = [];
  for (let at = 1; at < bytes.length; ) {
    if (at + 4 > bytes.length) return undefined;
    const end = at + 4 + bytes.readUInt32BE(at);
    if (end > bytes.length) return undefined;
    parts.push(bytes.subarray(at + 4, end));
    at = end;
  }
  return parts;
}
