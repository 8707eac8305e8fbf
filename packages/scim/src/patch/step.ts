import type { AttributePath } from '../schema/attribute-path.ts';
import type { ResourceDraft } from './draft.ts';
import type { ReferenceEdit } from './outcome.ts';

/** One validated step of a change. */
export interface PatchStep {
  /** The whole attribute that the step works on. */
  readonly path: AttributePath;
  readonly run: (draft: ResourceDraft) => void;
  /** The same step as an edit of a collection of references, where it does not depend on what is in there. */
  readonly edit?: ReferenceEdit;
}
