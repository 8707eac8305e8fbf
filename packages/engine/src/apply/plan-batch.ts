import type { CompiledJob, CompiledObjectMapping } from '../job/compiled.ts';
import { readLinks, readOwners } from '../links/read-links.ts';
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
  const mapped = entries.flatMap((entry) => {
    const mapping = mappingOf(run.compiled, entry);
    return mapping === undefined ? [] : [{ entry, mapping }];
  });
  const [first] = mapped;
  if (first === undefined) return [];
  const ids = mapped.map(({ entry }) => entry.id);
  const links = await readLinks(run.database.drizzle, run.job, first.mapping.sourceObjectName, ids);
  const assessments = mapped.map(({ entry, mapping }) =>
    assessObject(run.context, mapping, entry, links.get(entry.id) ?? null),
  );
  const asked = await inFlight(assessments, run.settings.targetConcurrency, (assessment) => ask(run, assessment));
  const owners = await ownersOf(run, asked);
  return asked.map(({ assessment, found, askedMs }) => ({
    plan: claims.claim(planObject(assessment, withOwner(found, assessment, owners)), assessment),
    askedMs,
  }));
}

/** The object mapping that an entry falls to: the first of its source type whose category filter takes it. */
function mappingOf(compiled: CompiledJob, entry: SourceEntry): CompiledObjectMapping | undefined {
  const type = entry.objectType.toLowerCase();
  const ofType = compiled.objectMappings.filter((mapping) => mapping.sourceObjectName.toLowerCase() === type);
  if (ofType.length < 2) return ofType[0];
  return ofType.find((mapping) => mapping.scope.categoryFilterGroups(entry.attributes).holds) ?? ofType[0];
}

async function ask(run: BatchRun, assessment: Assessment): Promise<Asked> {
  const start = run.clock.monotonic();
  const found = await lookUp(run.target, assessment.mapping.endpoint, assessment.inquiry, run.signal);
  return { assessment, found, askedMs: run.clock.monotonic() - start };
}

/** The source objects that hold the matched target objects already, by target id. */
async function ownersOf(run: BatchRun, asked: readonly Asked[]): Promise<ReadonlyMap<string, string>> {
  const ids = asked.flatMap(({ found }) => (found.kind === 'matched' ? [found.id] : []));
  const targetType = asked[0]?.assessment.mapping.targetObjectName;
  return targetType === undefined ? new Map() : readOwners(run.database.drizzle, run.job, targetType, ids);
}

function withOwner(found: Found, { entry }: Assessment, owners: ReadonlyMap<string, string>): Found {
  if (found.kind !== 'matched') return found;
  const owner = owners.get(found.id);
  return owner === undefined || owner === entry.id ? found : { ...found, owner };
}
