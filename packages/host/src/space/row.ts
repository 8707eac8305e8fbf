import { hash } from 'node:crypto';

/** One object as imports and exports hand it to the space. */
export interface SpaceRow {
  readonly id: string;
  /** SCIM resource type, e.g. `User`. */
  readonly type: string;
  /** The resource as JSON without `meta`; ends with `}`. */
  readonly body: string;
  /** Values by attribute name that are kept for the connector and not shown, as JSON; null when there are none. */
  readonly hidden: string | null;
  readonly dn: string | null;
}

/** A row as reads return it. */
export interface StoredRow {
  readonly id: string;
  readonly version: string;
  readonly json: string;
  readonly hidden: string | null;
  readonly dn: string | null;
}

/**
 * The version of a row: a digest of everything that makes it up, so that an import that finds nothing new changes nothing,
 * and two hosts with the same content answer with the same ETag.
 */
export function rowVersion(row: SpaceRow): string {
  return hash('sha256', `${row.body}\u0000${row.hidden ?? ''}\u0000${row.dn ?? ''}`, 'hex').slice(0, 16);
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
export function withMeta(row: SpaceRow, version: string, now: number): string {
  const meta = JSON.stringify({
    resourceType: row.type,
    lastModified: new Date(now).toISOString(),
    version: etag(version),
  });
  return `${row.body.slice(0, -1)},"meta":${meta}}`;
}
