/*
 * Distinguished names alone, for storage threads: who loads only this does not load the server.
 */
export { canonicalDn, escapeRdnValue, formatDn, formatRdn } from './format.ts';
export { dnKey } from './key.ts';
export type { Dn, NamingValue, Rdn } from './name.ts';
export { parseDn } from './parse.ts';
export { isAtOrBelow, isKeyAtOrBelow, joinDn, parentDn, rdnOf } from './relation.ts';
