import type { SchemaDefinition } from '@joinery/scim';

/** A SCIM schema of a tenant's own, and which of its attributes objects are looked up by. */
export interface ExtensionDefinition {
  readonly schema: SchemaDefinition;
  /** Names of attributes, beside the unique ones, that clients match by: an equality on them is answered by an index. */
  readonly matching: readonly string[];
}
