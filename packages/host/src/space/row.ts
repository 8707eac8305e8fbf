import { hash } from 'node:crypto';
import type { ScimObject } from '@joinery/scim/evaluation';

/** One object as imports and exports hand it to the space. */
export interface SpaceRow {
  readonly id: string;
  /** SCIM resource type, e.g. `User`. */
  readonly type: string;
  /** The resource as JSON without `meta` and without references; ends with `}`. */
  readonly body: string;
  /** Values by attribute name that are kept for the connector and not shown, as JSON; null when there are none. */
  readonly hidden: string | null;
  readonly dn: string | null;
  /** What other objects refer to it by: the folded DN, or the text of the anchor. Null: nothing refers to it. */
  readonly referenceKey: string | null;
  /** What it refers to: raw values, as the target spells them, by attribute name. */
  readonly references: Readonly<Record<string, readonly string[]>> | null;
}

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

/** A row whose references are resolved, ready to be stored. */
export interface ResolvedRow {
  readonly id: string;
  readonly type: string;
  /** The resource as JSON without `meta`, references included. */
  readonly body: string;
  readonly version: string;
  readonly hidden: string | null;
  readonly dn: string | null;
  readonly referenceKey: string | null;
  /** As {@link StoredRow.references}. */
  readonly references: string | null;
  /** The keys of what it refers to. */
  readonly keys: ReadonlySet<string>;
  /** The parsed body, where it was parsed. */
  readonly resource?: ScimObject;
}

type Versioned = Pick<SpaceRow, 'body' | 'hidden' | 'dn' | 'references'>;

/**
 * The version of a row: a digest of everything that makes it up, so that an import that finds nothing new changes nothing,
 * and two hosts with the same content answer with the same ETag.
 */
export function rowVersion({ body, hidden, dn, references }: Versioned): string {
  const raw = references === null ? '' : `\u0000${JSON.stringify(references)}`;
  return hash('sha256', `${body}\u0000${hidden ?? ''}\u0000${dn ?? ''}${raw}`, 'hex').slice(0, 16);
}

/** The ETag of a version (RFC 7644 3.14). */
export function etag(version: string): string {
  return `W/"${version}"`;
}

/**
 * The JSON that is stored and answered: the body with `meta` as its last member.
 * `meta.created` is absent: the host knows when it saw an object, not when the target made it.
 * @param now milliseconds since 1970; becomes `meta.lastModified`
 */
export function withMeta({ type, body }: Pick<SpaceRow, 'type' | 'body'>, version: string, now: number): string {
  return `${body.slice(0, -1)}${metaBefore(type, now)}${version}\\""}}`;
}

/** The last one is kept: an import makes a thousand rows of one type and time. */
let lastMeta = { type: '', now: Number.NaN, text: '' };

/** `meta` up to the version, whose hexadecimal digits need no escaping. */
function metaBefore(type: string, now: number): string {
  if (lastMeta.type !== type || lastMeta.now !== now) {
    const lastModified = new Date(now).toISOString();
    const text = `,"meta":{"resourceType":${JSON.stringify(type)},"lastModified":"${lastModified}","version":"W/\\"`;
    lastMeta = { type, now, text };
  }
  return lastMeta.text;
}
