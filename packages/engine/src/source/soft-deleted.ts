import type { SourceAttributes } from '@joinery/expressions';

/** The computed source attribute, in both spellings that published mappings use (engine sheet 6 and 22.1). */
export const softDeletedNames: readonly string[] = ['IsSoftDeleted', 'isSoftDeleted'];

/** The attributes of an entry with the computed one: true for whatever is not in scope (engine sheet 6). */
export function withSoftDeleted(attributes: SourceAttributes, inScope: boolean): SourceAttributes {
  return { get: (name) => (softDeletedNames.includes(name) ? !inScope : attributes.get(name)) };
}
