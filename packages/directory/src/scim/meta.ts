import { instantKey } from '@joinery/scim';

/** What the directory itself says about a resource, as its columns hold it. */
export interface MetaColumns {
  readonly version: number;
  readonly createdKey: string;
  readonly modifiedKey: string;
}

/** The sortable instant of a time in milliseconds. */
export function keyOfTime(milliseconds: number): string {
  const iso = new Date(milliseconds).toISOString();
  return instantKey(iso) ?? iso;
}

/** `2026-01-31T08:00:00.5` as RFC 3339 with milliseconds. */
function timeOfKey(key: string): string {
  return `${key.slice(0, 19)}.${key.slice(20).padEnd(3, '0')}Z`;
}

/** The ETag of a version. */
export function versionTag(version: number): string {
  return `W/"${version}"`;
}

/** The resource's text with `meta` as its last member, as the SCIM server wants it; `members` go before it. */
export function withMeta(resource: string, typeName: string, meta: MetaColumns, members = ''): string {
  const created = timeOfKey(meta.createdKey);
  const modified = timeOfKey(meta.modifiedKey);
  return `${resource.slice(0, -1)}${members},"meta":{"resourceType":"${typeName}","created":"${created}","lastModified":"${modified}","version":"W/\\"${meta.version}\\""}}`;
}
