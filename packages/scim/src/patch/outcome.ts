import type { AttributePath } from '../schema/attribute-path.ts';
import type { ScimObject, ScimValue } from '../value.ts';

/**
 * What happened to one attribute: what a store must write, and no more.
 * `path` has no sub-attribute except for single-valued complex attributes, whose sub-attributes change one by one.
 */
export type AttributeChangeSet =
  | { readonly kind: 'set'; readonly path: AttributePath; readonly value: ScimValue }
  | { readonly kind: 'unset'; readonly path: AttributePath }
  /** A multi-valued attribute: the elements that went and came. A changed element is both. */
  | {
      readonly kind: 'elements';
      readonly path: AttributePath;
      readonly removed: readonly ScimValue[];
      readonly added: readonly ScimValue[];
    };

/** The result of applying a change to a resource. */
export interface PatchOutcome {
  /** The new resource; the very same object as before when nothing changed. */
  readonly resource: ScimObject;
  /** False when the change was already in place: lastModified and version stay (RFC 7644 3.5.2). */
  readonly changed: boolean;
  readonly changes: readonly AttributeChangeSet[];
}

/** One step of a change to a collection of references, in order. Adding a reference that is there, or removing one that is not, does nothing. */
export type ReferenceEdit =
  | { readonly kind: 'add'; readonly elements: readonly ScimObject[] }
  | { readonly kind: 'remove'; readonly values: readonly string[] }
  /** The collection holds exactly these afterwards; none clears it. */
  | { readonly kind: 'replace'; readonly elements: readonly ScimObject[] };
