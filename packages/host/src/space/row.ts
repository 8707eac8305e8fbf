import { hash } from 'node:crypto';

/** One object as imports and exports hand it to the space. */
export interface SpaceRow {
  readonly id: string;
  /** SCIM resource type, e.g. `User`. */
  readonly type: string;
  /**
   * The resource as JSON without `meta` and without references. The block of the extension, which references may be a part of,
   * is its last member.
   */
  readonly body: string;
  /** Values by attribute name that are kept for the connector and not shown, as JSON; null when there are none. */
  readonly hidden: string | null;
  readonly dn: string | null;
  /** What other objects refer to it by: the DN as names are compared, or the text of the anchor. Null: nothing refers to it. */
  readonly referenceKey: string | null;
  /** What it refers to: raw values, as the target spells them, by attribute name. */
  readonly references: Readonly<Record<string, readonly string[]>> | null;
  /** Its entries in indexes, where who made it knows them: those of {@link IndexKeys.indexes}. */
  readonly keys?: IndexKeys;
}

/** The entries of one row in some indexes. Who has to look for them in the JSON takes longer than everything else together. */
export interface IndexKeys {
  /** Every index that `entries` tells of, also those in which the row has no entry. */
  readonly indexes: ReadonlySet<number>;
  readonly entries: readonly IndexEntry[];
}

export type IndexEntry = readonly [index: number, key: string];

/** A row as reads return it. */
export interface StoredRow {
  readonly id: string;
  readonly version: string;
  readonly json: string;
  readonly hidden: string | null;
  readonly dn: string | null;
  /** `{attribute: [[raw value, id or null], …]}` as JSON; null when it refers to nothing. */
  readonly references: string | null;
}

/** A row as the writer takes it: a page of an import is never taken apart further than it must be. */
export interface SourceRow extends Omit<SpaceRow, 'body'> {
  /** As {@link SpaceRow.body}, or the UTF-8 of it. */
  readonly body: string | Uint8Array;
  readonly digest: string;
}

/** A row whose references are resolved, ready to be stored. */
export interface ResolvedRow {
  readonly id: string;
  readonly type: string;
  /** The resource as JSON without its last brace, `meta` and references, which follow in {@link shown}. */
  readonly body: string | Uint8Array;
  readonly shown: string;
  readonly version: string;
  readonly hidden: string | null;
  readonly dn: string | null;
  readonly referenceKey: string | null;
  /** As {@link StoredRow.references}. */
  readonly references: string | null;
  /** The keys of what it refers to. */
  readonly referred: readonly string[];
  readonly keys: IndexKeys | undefined;
}

/**
 * A digest of what the target says of an object, so that an import that finds nothing new changes nothing, and two hosts with
 * the same content answer with the same ETag.
 */
export function rowDigest(row: Pick<SpaceRow, 'body' | 'hidden' | 'dn' | 'references'>): string {
  return digestOf(row.body + besideBody(row));
}

/** What is digested besides the body. */
export function besideBody({ hidden, dn, references }: Pick<SpaceRow, 'hidden' | 'dn' | 'references'>): string {
  const raw = references === null ? '' : `\u0000${JSON.stringify(references)}`;
  return `\u0000${hidden ?? ''}\u0000${dn ?? ''}${raw}`;
}

/** @param text the body and {@link besideBody}, or the UTF-8 of it */
export function digestOf(text: string | Uint8Array): string {
  return hash('sha256', text, 'hex').slice(0, DIGEST_LENGTH);
}

const DIGEST_LENGTH = 16;

/**
 * The version of a row: the digest and, where the row refers to others, what is shown of them, which may be something else
 * though the target says the same.
 * @param references as {@link StoredRow.references}
 */
export function rowVersion(digest: string, references: string | null): string {
  return references === null ? digest : `${digest}${checksum(references)}`;
}

/** FNV-1a: enough to tell one resolution from the next, at a tenth of the price of a digest. */
function checksum(text: string): string {
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  return (sum >>> 0).toString(16).padStart(8, '0');
}

/** The digest that a version was made of. */
export function digestIn(version: string): string {
  return version.slice(0, DIGEST_LENGTH);
}

/** The ETag of a version (RFC 7644 3.14). */
export function etag(version: string): string {
  return `W/"${version}"`;
}

/** The JSON that is stored and answered for a row without references: the body with `meta` as its last member. */
export function withMeta({ type, body }: Pick<SpaceRow, 'type' | 'body'>, version: string, now: number): string {
  return `${body.slice(0, -1)}${metaMember(type, version, now)}`;
}

/** The JSON of a resolved row without `meta`. */
export function bodyOf({ body, shown }: Pick<ResolvedRow, 'body' | 'shown'>): string {
  return `${textOf(body)}${shown}}`;
}

/** Whether a resolved row is what is stored, whenever that was. */
export function isStoredAs(row: Pick<ResolvedRow, 'body' | 'shown'>, json: string): boolean {
  return json.startsWith(`${bodyOf(row).slice(0, -1)},"meta":`);
}

/** The JSON of a resolved row as it is stored. */
export function jsonOf({ body, shown, type, version }: ResolvedRow, now: number): string {
  return textOf(body) + shown + metaMember(type, version, now);
}

function textOf(text: string | Uint8Array): string {
  return typeof text === 'string' ? text : Buffer.from(text.buffer, text.byteOffset, text.length).toString();
}

/** The last one is kept: an import makes a thousand rows of one type and time. */
let lastMeta = { type: '', now: Number.NaN, text: '' };

/**
 * `meta` as the last member of a resource, with the closing brace.
 * `meta.created` is absent: the host knows when it saw an object, not when the target made it.
 * @param version hexadecimal digits, which need no escaping
 * @param now milliseconds since 1970; becomes `meta.lastModified`
 */
export function metaMember(type: string, version: string, now: number): string {
  if (lastMeta.type !== type || lastMeta.now !== now) {
    const lastModified = new Date(now).toISOString();
    const text = `,"meta":{"resourceType":${JSON.stringify(type)},"lastModified":"${lastModified}","version":"W/\\"`;
    lastMeta = { type, now, text };
  }
  return `${lastMeta.text}${version}\\""}}`;
}
