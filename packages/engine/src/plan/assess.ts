import type { EvaluationContext, SourceAttributes } from '@joinery/expressions';
import { isProblem, type Problem } from '@joinery/problems';
import type { CompiledAttributeMapping, CompiledObjectMapping } from '../job/compiled.ts';
import type { JobSettings } from '../job/settings.ts';
import type { Link } from '../links/link.ts';
import { type MatchQuery, matchQueries } from '../match/queries.ts';
import { evaluateScope, type ScopeOutcome } from '../scope/outcome.ts';
import type { SourceEntry } from '../source/entry.ts';
import { withSoftDeleted } from '../source/soft-deleted.ts';

/** What every object of a run shares. */
export interface PlanContext {
  readonly settings: JobSettings;
  readonly expressions: EvaluationContext;
}

/** What the target has to be asked before a plan can be made. */
export type Inquiry =
  | { readonly kind: 'none' }
  /** Read the connected object; where it is gone and `orMatch` is given, match instead. */
  | { readonly kind: 'read'; readonly id: string; readonly orMatch: readonly MatchQuery[] | null }
  | { readonly kind: 'match'; readonly queries: readonly MatchQuery[] };

/** The matching values that an inquiry asks by. */
export function queriesOf(inquiry: Inquiry): readonly MatchQuery[] {
  switch (inquiry.kind) {
    case 'match':
      return inquiry.queries;
    case 'read':
      return inquiry.orMatch ?? [];
    case 'none':
      return [];
  }
}

export type Intention = 'provision' | 'disable' | 'delete' | 'nothing';

/** An object, its scope, and what must be known next. First half of planning: pure. */
export interface Assessment {
  readonly context: PlanContext;
  readonly mapping: CompiledObjectMapping;
  readonly entry: SourceEntry;
  readonly link: Link | null;
  /** The source attributes with the computed IsSoftDeleted. */
  readonly attributes: SourceAttributes;
  readonly scope: ScopeOutcome;
  readonly intention: Intention;
  readonly inquiry: Inquiry;
  readonly reportableIdentifier: string;
  /** Scope or a matching mapping could not be evaluated. */
  readonly fault: Problem | null;
}

/**
 * Decides what an object needs by scope and link alone (engine sheet 7.3 and the table of section 11), and what to ask the
 * target. Pure; `planObject` finishes with the target's answer.
 */
export function assessObject(
  context: PlanContext,
  mapping: CompiledObjectMapping,
  entry: SourceEntry,
  link: Link | null,
): Assessment {
  let scope = unknownScope;
  let intention: Intention = 'provision';
  let attributes = entry.attributes;
  let queries: readonly MatchQuery[] = [];
  let fault: Problem | null = null;
  try {
    scope = evaluateScope(mapping.scope, entry, context.settings.syncAll);
    intention = intend(context.settings, mapping, entry, link, scope);
    attributes = withSoftDeleted(entry.attributes, scope.inScope);
    queries =
      entry.presence === 'deleted'
        ? (link?.match ?? [])
        : matchQueries(mapping.matching, attributes, context.expressions);
  } catch (error) {
    if (!isProblem(error)) throw error;
    fault = error;
  }
  return {
    context,
    mapping,
    entry,
    link,
    attributes,
    scope,
    intention,
    inquiry: inquire(intention, link, queries),
    reportableIdentifier: queries[0]?.value ?? (entry.displayName || (link?.displayName ?? entry.id)),
    fault,
  };
}

/** What stands where scope could not be evaluated; the assessment's fault ends the plan before anyone reads it as a verdict. */
const unknownScope: ScopeOutcome = {
  inScope: false,
  active: false,
  assigned: false,
  entitled: false,
  passesFilter: false,
  concerned: true,
  clauses: [],
};

function intend(
  settings: JobSettings,
  mapping: CompiledObjectMapping,
  entry: SourceEntry,
  link: Link | null,
  scope: ScopeOutcome,
): Intention {
  if (!scope.concerned) return 'nothing';
  if (scope.inScope) return 'provision';
  if (link === null) return 'nothing';
  if (entry.presence === 'deleted') {
    const unmanaged = link.state === 'released' && !settings.deleteAfterUnassign;
    return mapping.flows.delete && !unmanaged ? 'delete' : 'nothing';
  }
  if (settings.skipOutOfScopeDeletions) return 'nothing';
  if (!settings.targetCanDisable) return mapping.flows.delete ? 'delete' : 'nothing';
  return mapping.canDisable && mapping.flows.update ? 'disable' : 'nothing';
}

function inquire(intention: Intention, link: Link | null, queries: readonly MatchQuery[]): Inquiry {
  if (intention === 'nothing') return { kind: 'none' };
  const targetId = link?.targetId ?? null;
  // Nobody yet; or an interrupted create, which may have left an account of which only a match can tell.
  if (targetId === null) return queries.length === 0 ? { kind: 'none' } : { kind: 'match', queries };
  if (intention === 'delete') return { kind: 'none' };
  // A target whose disable deletes has no object any more when the person returns: match and create anew (host sheet 6.2).
  const returns = intention === 'provision' && link !== null && link.state !== 'active';
  return { kind: 'read', id: targetId, orMatch: returns ? queries : null };
}

/** The mappings that a run of this intention evaluates on an existing object. */
export function mappingsFor(assessment: Assessment): readonly CompiledAttributeMapping[] {
  const { intention, mapping } = assessment;
  // What leaves scope is only told so: a soft delete mangles other attributes (the user principal name among them) in
  // directories, and the original no longer manages the rest.
  return intention === 'disable'
    ? mapping.attributes.filter((attribute) => attribute.readsIsSoftDeleted)
    : mapping.attributes;
}
