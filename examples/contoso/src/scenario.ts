import type { Random } from '@joinery/runtime';
import type { DemoHost } from './demo.ts';
import { type Graph, type GraphObject, listOf, objectOf, textOf } from './graph.ts';
import { applicationName } from './mappings.ts';
import type { Person } from './people.ts';
import { printLog, printSteps } from './provisioning-log.ts';
import type { DemoReporter } from './reporter.ts';
import {
  type Application,
  assignPeople,
  ensureApplication,
  ensurePeople,
  type ObjectIds,
  originalName,
  saveCredentials,
  saveMappings,
  unassign,
} from './setup.ts';
import type { DemoTarget } from './target.ts';

export interface ScenarioParts {
  readonly graph: Graph;
  readonly target: DemoTarget;
  readonly people: readonly Person[];
  readonly report: DemoReporter;
  readonly random: Random;
  /** Starts the connector host, once the target is prepared. */
  readonly startHost: () => Promise<DemoHost>;
  readonly signal: AbortSignal;
}

export interface ScenarioOutcome {
  readonly people: number;
  /** `https://host:port` of the connector host, as the application's credentials name it. */
  readonly hostUrl: string;
  /** What the last cycle, with nothing changed, did. */
  readonly lastCycle: GraphObject;
}

/** The people to whom something happens after the initial cycle. */
const onDemandPerson = 'zoe.aeroskobing@contoso.example';
const changedPerson = 'amy.okubo@contoso.example';
const unassignedPerson = 'lukasz.zolc@contoso.example';
const softDeletedPerson = 'noa.levi@contoso.example';
const hardDeletedPerson = 'null@contoso.example';

/** The tutorial's steps in the tutorial's order. */
export async function runScenario(parts: ScenarioParts): Promise<ScenarioOutcome> {
  const { graph, target, people, report, signal } = parts;
  const ids = await report.during('Creating the people of Contoso', () =>
    ensurePeople(graph, people, parts.random, signal),
  );
  report.step(`The tenant holds ${ids.size} people.`, { people: ids.size });

  await target.prepare(ids, signal);
  const host = await report.during('Starting the connector host', parts.startHost);
  const objects = host.host.connectors[0]?.objects ?? 0;
  const [type] = target.connector().types;
  report.step(
    `The connector host answers on ${host.host.url}; its connector ${host.connector} (type ${type?.objectType}, anchor ${String(type?.anchor)}) has read ${objects} people from ${target.contentName}.`,
    { host: host.host.url, connector: host.connector, objects },
  );
  report.block(`${target.contentTitle} before`, await target.content(signal));

  const application = await ensureApplication(graph, signal);
  await saveCredentials(graph, application, host, signal);
  await graph.post(
    `${application.jobPath}/validateCredentials`,
    { useSavedCredentials: true, credentials: [] },
    signal,
  );
  report.step(`The application "${applicationName}" reaches ${host.url}: the connection test passed.`, {
    application: application.servicePrincipalId,
    job: application.jobId,
    baseAddress: host.url,
  });
  const attributes = await saveMappings(graph, application, target.mappings, signal);
  report.step(`The host listed ${attributes.length} attributes; ${target.mappings.length} mappings are saved.`, {
    attributes,
  });
  const assigned = await assignPeople(graph, application, ids, signal);
  report.step(`${assigned} people are assigned to the application.`, { assigned });

  await onDemand(parts, application, ids);
  await cycle(parts, application, 'The initial cycle');
  await changePeople(parts, application, ids);
  await cycle(parts, application, 'The incremental cycle');
  const lastCycle = await cycle(parts, application, 'A cycle with nothing changed');

  report.block(`${target.contentTitle} after`, await target.content(signal));
  const log = await printLog(graph, application, signal);
  report.block('Provisioning log, newest first', log.text, { rows: log.rows });
  return { people: people.length, hostUrl: host.host.url, lastCycle };
}

async function onDemand(
  { graph, report, signal }: ScenarioParts,
  application: Application,
  ids: ObjectIds,
): Promise<void> {
  const objectId = ids.get(onDemandPerson);
  if (objectId === undefined) return;
  const schema = await graph.get(`${application.jobPath}/schema`, signal);
  const rule = objectOf(listOf(schema.synchronizationRules)[0]);
  const answer = await graph.post(
    `${application.jobPath}/provisionOnDemand`,
    { parameters: [{ ruleId: textOf(rule, 'id'), subjects: [{ objectId, objectTypeName: 'User' }] }] },
    signal,
  );
  const key = objectOf(JSON.parse(textOf(answer, 'key')));
  const summary = objectOf(JSON.parse(textOf(answer, 'value')));
  report.block(`Provision on demand: ${onDemandPerson}, ${String(key.result)}`, printSteps(summary), {
    person: onDemandPerson,
    result: key.result,
    action: summary.action,
  });
}

/** One person changes, one is unassigned, one is deleted softly and one for good. */
async function changePeople(
  { graph, report, signal }: ScenarioParts,
  application: Application,
  ids: ObjectIds,
): Promise<void> {
  const changed = ids.get(changedPerson);
  if (changed !== undefined)
    await graph.patch(`/v1.0/users/${changed}`, { jobTitle: 'Chief Security Officer' }, signal);
  report.step(`${changedPerson} becomes Chief Security Officer.`, { changed: changedPerson });
  const unassigned = ids.get(unassignedPerson);
  if (unassigned !== undefined) await unassign(graph, application, unassigned, signal);
  report.step(`${unassignedPerson} is no longer assigned.`, { unassigned: unassignedPerson });
  const soft = ids.get(softDeletedPerson);
  if (soft !== undefined) await graph.delete(`/v1.0/users/${soft}`, signal);
  report.step(`${softDeletedPerson} goes to the recycle bin.`, { softDeleted: softDeletedPerson });
  await deleteForGood(graph, ids.get(hardDeletedPerson), signal);
  report.step(`${hardDeletedPerson} is deleted for good.`, { hardDeleted: hardDeletedPerson });
}

async function deleteForGood(graph: Graph, id: string | undefined, signal: AbortSignal): Promise<void> {
  if (id !== undefined) await graph.delete(`/v1.0/users/${id}`, signal);
  for await (const user of graph.items('/v1.0/directory/deletedItems/microsoft.graph.user', signal)) {
    if (originalName(user) !== hardDeletedPerson) continue;
    await graph.delete(`/v1.0/directory/deletedItems/${textOf(user, 'id')}`, signal);
  }
}

async function cycle(
  { graph, report, signal }: ScenarioParts,
  { jobId }: Application,
  title: string,
): Promise<GraphObject> {
  const result = await report.during(title, () => graph.post(`/api/jobs/${jobId}/runCycle?wait=true`, {}, signal));
  const counts = objectOf(result.counts);
  const words = ['created', 'updated', 'disabled', 'deleted', 'skipped', 'failed']
    .filter((name) => Number(counts[name] ?? 0) > 0)
    .map((name) => `${String(counts[name])} ${name}`);
  report.step(
    `${title} (${textOf(result, 'kind')}): ${words.length === 0 ? 'nothing to do, nothing written' : words.join(', ')}.`,
    {
      cycle: result.kind,
      counts,
    },
  );
  return result;
}
