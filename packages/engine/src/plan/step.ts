/** The words of a provisioning log row (engine sheet 19). */
export type StepStatus = 'success' | 'failure' | 'skipped' | 'warning';

export type StepType = 'import' | 'scoping' | 'matching' | 'processing' | 'referenceResolution' | 'export';

/** What was decided for an object. `skip` never occurs: what changes nothing is `other`, or the action that was left out. */
export type PlanAction = 'create' | 'update' | 'disable' | 'delete' | 'other';

/** One row of `provisioningSteps`: the trace an administrator reads. */
export interface Step {
  readonly name: string;
  readonly type: StepType;
  readonly status: StepStatus;
  readonly description: string;
  readonly details: Readonly<Record<string, string>>;
}

/** One row of `modifiedProperties`; secrets are already replaced. */
export interface ModifiedProperty {
  readonly displayName: string;
  readonly oldValue: string | null;
  readonly newValue: string | null;
}

export function step(
  name: string,
  type: StepType,
  status: StepStatus,
  description: string,
  details: Readonly<Record<string, string>> = {},
): Step {
  return { name, type, status, description, details };
}
