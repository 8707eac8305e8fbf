import { type Graph, type GraphObject, listOf, objectOf, textOf } from './graph.ts';
import type { Application } from './setup.ts';

/** The steps of an on-demand run, a line each, and what was modified. */
export function printSteps(summary: GraphObject): string {
  const steps = listOf(summary.provisioningSteps).map((step, index) => {
    const { name, status, description } = objectOf(step);
    return `${index + 1}. ${String(name)} (${String(status)}): ${String(description)}`;
  });
  const properties = listOf(summary.modifiedProperties ?? []).map((property) => {
    const { displayName, oldValue, newValue } = objectOf(property);
    return `   ${String(displayName)}: ${show(oldValue)} → ${show(newValue)}`;
  });
  return [...steps, ...properties].join('\n');
}

/** The job's provisioning log as an administrator's table. */
export async function printLog(
  graph: Graph,
  { jobId }: Application,
  signal: AbortSignal,
): Promise<{ readonly text: string; readonly rows: number }> {
  const filter = encodeURIComponent(`jobId eq '${jobId}'`);
  const lines: string[] = [];
  for await (const row of graph.items(`/v1.0/auditLogs/provisioning?$filter=${filter}`, signal)) {
    const status = textOf(objectOf(row.provisioningStatusInfo), 'status');
    const person = objectOf(row.sourceIdentity ?? {});
    lines.push(
      [
        textOf(row, 'activityDateTime').slice(11, 19),
        textOf(row, 'provisioningAction').padEnd(8),
        status.padEnd(8),
        String(person.displayName ?? person.id ?? ''),
        ...warnings(row),
      ].join('  '),
    );
  }
  return { text: lines.join('\n'), rows: lines.length };
}

/** What the steps of a row warn of or failed with. */
function warnings(row: GraphObject): string[] {
  return listOf(row.provisioningSteps ?? [])
    .map(objectOf)
    .filter(({ status }) => status === 'warning' || status === 'failure')
    .map(({ description }) => `(${String(description)})`);
}

function show(value: unknown): string {
  return value === null || value === undefined || value === '' ? '(none)' : String(value);
}
