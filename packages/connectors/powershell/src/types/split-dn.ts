/**
 * The components of a distinguished name, first to last; a comma behind a backslash or within quotes separates nothing.
 * One that is no name of components is one component.
 */
export function splitDn(dn: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let isQuoted = false;
  for (let at = 0; at < dn.length; at++) {
    const sign = dn[at];
    if (sign === '\\') at++;
    else if (sign === '"') isQuoted = !isQuoted;
    else if (sign === ',' && !isQuoted) {
      parts.push(dn.slice(start, at).trim());
      start = at + 1;
    }
  }
  parts.push(dn.slice(start).trim());
  return parts;
}
