/**
 * Entity tags of a header (RFC 9110 8.8.3, lists of If-Match and If-None-Match).
 * @returns `any` for `*`, undefined when the header is absent
 */
export function entityTags(header: string | undefined): readonly string[] | 'any' | undefined {
  if (header === undefined) return undefined;
  return header.trim() === '*' ? 'any' : (header.match(/(?:W\/)?"[^"]*"/g) ?? []);
}

/**
 * Whether two versions are the same by weak comparison. SCIM's versions are weak and are nevertheless used with If-Match
 * (RFC 7644 3.14), which RFC 9110 reserves for strong ones.
 */
export function sameVersion(a: string, b: string): boolean {
  return a.replace(/^W\//, '') === b.replace(/^W\//, '');
}
