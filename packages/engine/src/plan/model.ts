import type { Problem } from '@joinery/problems';
import type { PatchInstruction, ScimObject } from '@joinery/scim';
import type { CompiledObjectMapping } from '../job/compiled.ts';
import type { Link, LinkState } from '../links/link.ts';
import type { SourceEntry } from '../source/entry.ts';
import type { ModifiedProperty, PlanAction, Step, StepStatus } from './step.ts';

/** One request that changes the target. It may hold secrets: it is executed, never stored or shown. */
export type Write =
  | { readonly kind: 'create'; readonly resource: ScimObject }
  | { readonly kind: 'patch'; readonly id: string; readonly changes: readonly PatchInstruction[] }
  | { readonly kind: 'delete'; readonly id: string };

/** What becomes of the link once the plan has been carried out. `targetId: null`: the id that the create answers with. */
export type LinkAfter =
  | { readonly kind: 'keep' }
  | { readonly kind: 'remove' }
  | { readonly kind: 'set'; readonly targetId: string | null; readonly state: LinkState };

/** Why an object failed or was left out, in the words of engine sheet 20. */
export interface PlanError {
  readonly errorCode: string;
  readonly problem: Problem;
}

/** What is to happen to one object and why, complete before anything is sent. The same for dry run, on-demand and cycle. */
export interface Plan {
  readonly entry: SourceEntry;
  readonly mapping: CompiledObjectMapping;
  readonly link: Link | null;
  /** The human name of the object in log text: its matching value, else its display name. */
  readonly reportableIdentifier: string;
  readonly action: PlanAction;
  /** What the log says if the write, where there is one, succeeds. */
  readonly status: StepStatus;
  /** Import to decision; the export step follows from what the target answers. */
  readonly steps: readonly Step[];
  readonly modifiedProperties: readonly ModifiedProperty[];
  /** e.g. `RedundantExport` (engine sheet 19); null where something is done or failed. */
  readonly skipReason: string | null;
  readonly error: PlanError | null;
  readonly targetId: string | null;
  readonly write: Write | null;
  readonly linkAfter: LinkAfter;
  /** Texts that the target may echo and the log must not show. */
  readonly secrets: readonly string[];
}
