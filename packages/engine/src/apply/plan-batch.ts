import type { CompiledJob, CompiledObjectMapping } from '../job/compiled.ts';
import type { Link } from '../links/link.ts';
import { readLinks, readOwners, type TargetKey, targetKeyText } from '../links/read-links.ts';
import type { Found } from '../match/found.ts';
import { lookUp } from '../match/look-up.ts';
import { type Assessment, assessObject } from '../plan/assess.ts';
import type { Plan } from '../plan/model.ts';
import { planObject } from '../plan/plan.ts';
import type { SourceEntry } from '../source/entry.ts';
import type { BatchRun } from './batch-run.ts';
import type { BatchClaims } from './claims.ts';
import { inFlight } from './in-flight.ts';

export interface PlannedObject {
  readonly assessment: Assessment;
  readonly plan: Plan;
  /** Milliseconds that asking the target took. */
  readonly askedMs: number;
}

interface Asked {
  readonly assessment: Assessment;
  readonly found: Found;
  readonly askedMs: number;
}

/**
 * Plans objects of one source type: links, scope, match, plan. Reads the target and writes nothing anywhere; what a dry run
 * shows is what a cycle does.
 */
export async function planBatch(
  run: BatchRun,
  entries: readonly SourceEntry[],
  claims: BatchClaims,
): Promise<readonly PlannedObject[]> {
  const candidates = mappingsOf(run.compiled, entries[0]?.objectType ?? '');
  const [first] = candidates;
  if (first === undefined) return [];
  const ids = entries.map(({ id }) => id);
  const links = await readLinks(run.database.drizzle, run.job, first.sourceObjectName, ids);
  const assessments = entries.map((entry) => {
    const link = links.get(entry.id) ?? null;
    return assessObject(run.context, mappingFor(candidates, first, entry, link), named(entry, link), link);
  });
  const asked = await inFlight(assessments, run.settings.targetConcurrency, (assessment) => ask(run, assessment));
  const owners = await ownersOf(run, asked);
  return asked.map(({ assessment, found, askedMs }) => ({
    assessment,
    plan: claims.claim(planObject(assessment, withOwner(found, assessment, owners)), assessment),
    askedMs,
  }));
}

/** The object mappings of a source type. */
function mappingsOf(compiled: CompiledJob, objectType: string): readonly CompiledObjectMapping[] {
  const type = objectType.toLowerCase();
  return compiled.objectMappings.filter((mapping) => mapping.sourceObjectName.toLowerCase() === type);
}

/** The one that the object is connected by; before that the first whose category filter takes it. */
function mappingFor(
  candidates: readonly CompiledObjectMapping[],
  first: CompiledObjectMapping,
  { attributes }: SourceEntry,
  link: Link | null,
): CompiledObjectMapping {
  const connected = candidates.find(({ targetObjectName }) => targetObjectName === link?.targetType);
  if (connected !== undefined) return connected;
  if (candidates.length < 2) return first;
  return candidates.find((mapping) => mapping.scope.categoryFilterGroups(attributes).holds) ?? first;
}

/** Of who was deleted the source knows the id alone; people who read the log know the name. */
function named(entry: SourceEntry, link: Link | null): SourceEntry {
  return entry.presence === 'deleted' && link !== null ? { ...entry, displayName: link.displayName } : entry;
}

async function ask(run: BatchRun, assessment: Assessment): Promise<Asked> {
  const start = run.clock.monotonic();
  const found = await lookUp(run.target, assessment.mapping.endpoint, assessment.inquiry, run.signal);
  return { assessment, found, askedMs: run.clock.monotonic() - start };
}

/** The source objects that hold the matched target objects already, by `targetKeyText`. */
async function ownersOf(run: BatchRun, asked: readonly Asked[]): Promise<ReadonlyMap<string, string>> {
  const matched = asked.flatMap(({ found, assessment }) =>
    found.kind === 'matched' ? [keyOf(assessment, found)] : [],
  );
  return readOwners(run.database.drizzle, run.job, matched);
}

function withOwner(found: Found, assessment: Assessment, owners: ReadonlyMap<string, string>): Found {
  if (found.kind !== 'matched') return found;
  const owner = owners.get(targetKeyText(keyOf(assessment, found)));
  return owner === undefined || owner === assessment.entry.id ? found : { ...found, owner };
}

function keyOf({ mapping }: Assessment, { id }: { readonly id: string }): TargetKey {
  return { targetType: mapping.targetObjectName, targetId: id };
}
