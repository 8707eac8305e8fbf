import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connectorRegistry } from '@joinery/connector';
import { ldapConnector } from '@joinery/connector-ldap';
import {
  type Application,
  assignPeople,
  contosoPeople,
  ensureApplication,
  ensurePeople,
  type Graph,
  type GraphObject,
  type ObjectIds,
  objectOf,
  openGraph,
  type Person,
  saveCredentials,
  saveMappings,
} from '@joinery/example-contoso';
import { type Host, homeAt, hostSettings, renewToken, startHost, storeSecret } from '@joinery/host';
import { loadSettings, silentLogger, systemClock, systemRandom } from '@joinery/runtime';
import { startService } from '@joinery/service';
import { onTestFinished } from 'vitest';
import type { Account, Directory } from '../../../testing/directories/directory.ts';
import { type Later, temporaryFolder } from '../../../testing/folder.ts';
import { type WalkThroughName, walkThrough } from '../src/walk-through.ts';

const clock = systemClock;
const random = systemRandom;
const logger = silentLogger;
const registry = connectorRegistry([ldapConnector]);

/** People of Contoso by the part of their name before the @, in this order. */
export function people(...names: readonly string[]): readonly Person[] {
  return names.flatMap((name) => contosoPeople().filter(({ mailNickname }) => mailNickname === name));
}

/** One who must be there. */
export function person(found: Person | undefined): Person {
  if (found === undefined) throw new Error('There is no such person of Contoso.');
  return found;
}

/** A service with an empty directory. */
export interface Tenant {
  readonly graph: Graph;
  readonly root: string;
}

/** Starts a service for all walk-throughs of a file; each has an application of its own. */
export async function startTenant(later: Later): Promise<Tenant> {
  const root = await temporaryFolder(later);
  const folder = { root, service: join(root, 'service') };
  const signal = AbortSignal.timeout(60_000);
  const env = { PORT: '0' };
  const service = await startService({ home: folder.service, env, clock, random, logger, nextPorts: 200, signal });
  later(() => service.close());
  const { graph, fetch } = await openGraph(service, folder, clock);
  later(() => fetch.close());
  return { graph, root };
}

/** What of a walk-through's files is different for a server of the tests. */
export interface WalkOptions {
  readonly tenant: Tenant;
  readonly server: Directory;
  /** The account of the connector; its name replaces the sample's. */
  readonly account: Account;
  /** Sample names and what stands for them here, in both files; upper and lower case of the sample do not matter. */
  readonly names: Readonly<Record<string, string>>;
  readonly people: readonly Person[];
}

/** An application with its people, and a host that provisions them to a directory server. */
export interface Walk {
  readonly graph: Graph;
  readonly host: Host;
  readonly application: Application;
  readonly ids: ObjectIds;
  readonly signal: AbortSignal;
  /** Runs one cycle. @returns what it wrote, and what failed */
  cycle(): Promise<Readonly<Record<string, unknown>>>;
}

/** Sets everything up as an administrator does with a walk-through's files. */
export async function startWalk(name: WalkThroughName, options: WalkOptions): Promise<Walk> {
  const { tenant, server, account, names, people } = options;
  const { graph } = tenant;
  const signal = AbortSignal.timeout(120_000);
  const root = join(tenant.root, name);
  const home = homeAt(join(root, 'host'));
  const files = walkThrough(name);
  const here = (text: string): string =>
    Object.entries(names).reduce((result, [sample, own]) => replaceName(result, sample, own), text);

  await mkdir(home.connectorFolder('LDAP'), { recursive: true });
  await mkdir(home.connectors, { recursive: true });
  await copyFile(server.caFile, join(home.connectorFolder('LDAP'), 'contoso-ca.pem'));
  const port = /Binding: SSL/.test(files.connectorFile) ? server.ldapsPort : server.port;
  const text = here(files.connectorFile)
    .replace(/^ {2}Host: .*$/m, `  Host: ${server.host}`)
    .replace(/^ {2}Port: .*$/m, `  Port: ${port}`)
    .replace(/^ {2}User Name: .*$/m, `  User Name: ${account.dn}`);
  await writeFile(home.connectorFile('LDAP'), text);
  const common = { home: home.folder, connector: 'LDAP', random, env: {} };
  await storeSecret({ ...common, parameter: 'Password', value: account.password, registry });
  const token = await renewToken(common);

  const settings = loadSettings(hostSettings, { env: {}, overrides: { port: 0, shutdownGrace: 5 } });
  const host = await startHost({ home: home.folder, settings, registry, clock, random, logger });
  onTestFinished(() => host.close());
  await host.settled('LDAP');
  const certificateFile = join(root, 'host.pem');
  await writeFile(certificateFile, host.certificate);

  const everybody = await ensurePeople(graph, people, random, signal);
  const ids: ObjectIds = new Map(
    people.flatMap(({ userPrincipalName }) => {
      const id = everybody.get(userPrincipalName);
      return id === undefined ? [] : [[userPrincipalName, id] as const];
    }),
  );
  const application = await ensureApplication(graph, signal, name);
  await saveCredentials(graph, application, { url: host.urlOf('LDAP'), token, certificateFile }, signal);
  const mappings = files.mappings.map((mapping) => ({
    ...mapping,
    target: here(mapping.target),
    expression: here(mapping.expression),
  }));
  await saveMappings(graph, application, mappings, signal);
  await assignPeople(graph, application, ids, signal);

  return {
    graph,
    host,
    application,
    ids,
    signal,
    async cycle() {
      const result = await graph.post(`/api/jobs/${application.jobId}/runCycle?wait=true`, {}, signal);
      const counts = written(objectOf(result.counts));
      return counts.failed === undefined ? counts : { ...counts, failures: await failures(graph, application, signal) };
    },
  };
}

function replaceName(text: string, sample: string, own: string): string {
  return text.replace(new RegExp(sample.replaceAll('.', '\\.'), 'gi'), own);
}

/** Why something failed, so that a test which did not expect it says so. */
async function failures(graph: Graph, { jobId }: Application, signal: AbortSignal): Promise<readonly string[]> {
  const found: string[] = [];
  const filter = encodeURIComponent(`jobId eq '${jobId}'`);
  for await (const row of graph.items(`/v1.0/auditLogs/provisioning?$filter=${filter}`, signal)) {
    const status = objectOf(row.provisioningStatusInfo);
    if (status.status === 'failure') found.push(JSON.stringify(status.errorInformation));
  }
  return found;
}

/** Without people whom another application is about: a cycle looks at everybody and skips those. */
function written(counts: GraphObject): Readonly<Record<string, unknown>> {
  const { read: _, skipped: __, ...others } = counts;
  return Object.fromEntries(Object.entries(others).filter(([, count]) => count !== 0));
}
