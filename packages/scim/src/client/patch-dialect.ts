import type { ScimValue } from '../value.ts';

/**
 * How PATCH is spelt: `legacy` as Entra sends it by default, `compliant` as with `aadOptscim062020` (dialect sheet 2.1).
 */
export type PatchDialect = 'legacy' | 'compliant';

/** One change to send. `remove` with `elements` takes those out of a multi-valued attribute, by their `value`. */
export type PatchInstruction =
  | { readonly op: 'add' | 'replace'; readonly path: string; readonly value: ScimValue }
  | { readonly op: 'remove'; readonly path: string; readonly elements?: readonly string[] };
