import type { Problem } from '@joinery/problems';
import { errorCodeOf } from '../errors/error-code.ts';
import type { LinkAfter, Plan, PlanError } from './model.ts';
import { withoutSecrets } from './redact.ts';
import { type Step, type StepStatus, step } from './step.ts';
import { label } from './trace.ts';

/** What became of a plan's write. */
export type WriteOutcome =
  | { readonly kind: 'done'; readonly targetId: string | null }
  /** Refused, and certainly not done. */
  | { readonly kind: 'refused'; readonly problem: Problem }
  /** No answer, or one that does not tell: it may have been done. */
  | { readonly kind: 'inDoubt'; readonly problem: Problem };

/** A plan that has been carried out: what the log says and what the link becomes. */
export interface Conclusion {
  readonly plan: Plan;
  readonly status: StepStatus;
  readonly steps: readonly Step[];
  readonly error: PlanError | null;
  readonly targetId: string | null;
  readonly linkAfter: LinkAfter;
  /** The link's intent stays: only a later match or read can tell what happened. */
  readonly inDoubt: boolean;
  readonly durationMs: number;
}

const exportNames = {
  create: 'EntryExportAdd',
  update: 'EntryExportUpdate',
  disable: 'EntryExportUpdate',
  delete: 'EntryExportDelete',
  other: 'EntryExportUpdate',
} as const;

/**
 * Ends a plan with what the target answered; a plan without a write ends as it is. Pure.
 * @param durationMs milliseconds from the first question to the target until its last answer
 */
export function conclude(plan: Plan, outcome: WriteOutcome | null, durationMs: number): Conclusion {
  if (outcome === null) {
    const { status, steps, error, targetId, linkAfter } = plan;
    return { plan, status, steps, error, targetId, linkAfter, inDoubt: false, durationMs };
  }
  if (outcome.kind === 'done') {
    return {
      plan,
      status: plan.status,
      steps: [
        ...plan.steps,
        exportStep(plan, 'success', `${label(plan)} was ${past(plan)} in ${plan.mapping.target.name}`),
      ],
      error: null,
      targetId: outcome.targetId ?? plan.targetId,
      linkAfter: plan.linkAfter,
      inDoubt: false,
      durationMs,
    };
  }
  const { problem } = outcome;
  const said = withoutSecrets(problem.message, plan.secrets);
  const sentence = `Failed to ${plan.action} ${label(plan)} in ${plan.mapping.target.name}: ${said}`;
  return {
    plan,
    status: 'failure',
    steps: [...plan.steps, exportStep(plan, 'failure', sentence)],
    error: { errorCode: errorCodeOf(problem), problem },
    targetId: plan.targetId,
    linkAfter: { kind: 'keep' },
    inDoubt: outcome.kind === 'inDoubt',
    durationMs,
  };
}

function exportStep(plan: Plan, status: StepStatus, description: string): Step {
  return step(exportNames[plan.action], 'export', status, description, {
    ReportableIdentifier: plan.reportableIdentifier,
  });
}

function past(plan: Plan): string {
  return `${plan.action}d`;
}
