/** What the guard makes of a cycle's staged disables and deletes. */
export interface GuardDecision {
  readonly allow: boolean;
  readonly staged: number;
  /** null: nothing limits. */
  readonly threshold: number | null;
}

/** The deletion guard: asked once per cycle, after everything else and before the first disable or delete (engine sheet 15). */
export type DeletionGuard = (staged: number) => GuardDecision;

/**
 * The guard of the original: at `threshold` and above nothing is executed (sheet 26, contradiction 4: 500 lets 499 pass).
 * @param threshold null for no guard
 * @param force an administrator has allowed this once
 */
export function thresholdGuard(threshold: number | null, force: boolean): DeletionGuard {
  return (staged) => ({ allow: force || threshold === null || staged < threshold, staged, threshold });
}
