import type { ModifiedProperty, PlanAction, Step, StepStatus } from '../plan/step.ts';

/** `provisioningAction` of engine sheet 19. */
export type LogAction = PlanAction | 'stagedDelete';

export interface LogError {
  readonly errorCode: string;
  readonly reason: string;
  /** `nonServiceFailure`: the data or the target must change; `failure`: it may pass by itself. */
  readonly errorCategory: 'failure' | 'nonServiceFailure';
  readonly recommendedAction: string;
}

/** The part of a log row that nothing selects by; one JSON document per row. */
export interface LogDetails {
  readonly reportableIdentifier: string;
  readonly error: LogError | null;
  readonly skipReason: string | null;
  readonly steps: readonly Step[];
  readonly modifiedProperties: readonly ModifiedProperty[];
  readonly sourceSystem: { readonly id: string; readonly name: string };
  readonly targetSystem: { readonly id: string; readonly name: string };
  readonly targetType: string;
  /** `system` for cycles, the caller's name for provision on demand. */
  readonly initiatedBy: string;
}

/** One row of the provisioning log, before it is stored. */
export interface LogEntry {
  readonly id: string;
  readonly cycleId: string;
  /** Joins the rows of one change. */
  readonly changeId: string;
  readonly activityAt: Date;
  readonly action: LogAction;
  readonly status: StepStatus;
  readonly sourceType: string;
  readonly sourceId: string;
  readonly sourceName: string;
  readonly targetId: string | null;
  readonly errorCode: string | null;
  readonly durationMs: number;
  readonly details: LogDetails;
}
