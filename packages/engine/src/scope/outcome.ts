import type { SourceEntry } from '../source/entry.ts';
import type { ClauseResult, CompiledScope } from './filter.ts';

/** Whether an object is to have an account, and each reason that speaks for or against (engine sheet 7). */
export interface ScopeOutcome {
  /** Active, entitled and past the scoping filter. */
  readonly inScope: boolean;
  /** There, not soft-deleted, and enabled. */
  readonly active: boolean;
  readonly assigned: boolean;
  /** Assigned, or everyone is. */
  readonly entitled: boolean;
  readonly passesFilter: boolean;
  /** False: a read-time or category filter says this object mapping has nothing to do with the object, in neither direction. */
  readonly concerned: boolean;
  readonly clauses: readonly ClauseResult[];
}

/** Evaluates scope. Pure; each object alone (engine sheet 7.2). */
export function evaluateScope(scope: CompiledScope, entry: SourceEntry, syncAll: boolean): ScopeOutcome {
  const active = entry.presence === 'present' && entry.accountEnabled;
  const entitled = syncAll || entry.assigned;
  // Of a purged object the source may know no attribute any more: its filters would all fail and say nothing.
  const known = entry.presence !== 'deleted';
  const concerned =
    !known || (scope.inputFilterGroups(entry.attributes).holds && scope.categoryFilterGroups(entry.attributes).holds);
  const filter = known ? scope.groups(entry.attributes) : { holds: false, clauses: [] };
  return {
    inScope: active && entitled && filter.holds && concerned,
    active,
    assigned: entry.assigned,
    entitled,
    passesFilter: filter.holds,
    concerned,
    clauses: filter.clauses,
  };
}

/** The sentences that say why an object is not in scope (engine sheet 19: skip text is a numbered list of reasons). */
export function reasonsAgainst(outcome: ScopeOutcome, entry: SourceEntry): readonly string[] {
  const reasons: string[] = [];
  if (entry.presence === 'deleted') reasons.push('it is deleted in the source');
  if (entry.presence === 'softDeleted') reasons.push('it is in the recycle bin of the source');
  if (entry.presence === 'present' && !entry.accountEnabled) reasons.push('its account is disabled in the source');
  if (!outcome.entitled) reasons.push('it is not assigned to the application');
  if (!outcome.concerned) reasons.push('the read filter or category filter of the mapping leaves it out');
  if (!outcome.passesFilter && entry.presence !== 'deleted') {
    const failed = outcome.clauses.filter((clause) => !clause.holds).map((clause) => clause.text);
    reasons.push(`it does not pass the scoping filter (${failed.join('; ')})`);
  }
  return reasons;
}
