import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connectorRegistry } from '@joinery/connector';
import { createConnectorFiles, type Host, homeAt, hostSettings, startHost } from '@joinery/host';
import {
  type Clock,
  createFetch,
  createToken,
  type Logger,
  loadSettings,
  type OutboundFetch,
  type Random,
  tlsTrust,
  writeFileDurably,
} from '@joinery/runtime';
import { type Service, startService } from '@joinery/service';
import { csvTarget } from './csv-target.ts';
import { type DemoFolder, openDemoFolder } from './demo-folder.ts';
import { type Graph, graphClient } from './graph.ts';
import { contosoPeople } from './people.ts';
import type { DemoReporter } from './reporter.ts';
import { runScenario, type ScenarioOutcome } from './scenario.ts';
import type { DemoTarget } from './target.ts';

export interface DemoOptions {
  /** Absolute path of the demo's folder. */
  readonly folder: string;
  readonly report: DemoReporter;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  /** Starts what people are provisioned to; the tutorial's file where absent. */
  readonly target?: (folder: DemoFolder) => DemoTarget | Promise<DemoTarget>;
}

export interface DemoOutcome extends ScenarioOutcome {
  readonly folder: DemoFolder;
  /** `https://host:port` of the provisioning service. */
  readonly serviceUrl: string;
}

/** How many ports after the usual one are tried when it is taken. */
const nextPorts = 200;
/** Milliseconds that one call of the service may take; a cycle of 25 people ends in a fraction of it. */
const callDeadline = 120_000;

/**
 * Runs the tutorial from the first certificate to the last provisioning-log row. Everything it starts it stops again.
 * @throws CLI_DEMO_FOLDER_FOREIGN, and whatever a part of the product throws: nothing is caught on the way
 */
export async function runDemo(options: DemoOptions): Promise<DemoOutcome> {
  const { report, clock, random, logger, signal } = options;
  const folder = openDemoFolder(options.folder);
  if (folder.resumed)
    report.step('An earlier demo was cut off here; this one goes on with its data.', { resumed: true });
  await using target = await (options.target ?? csvTarget)(folder);
  const service = await report.during('Starting the provisioning service', () =>
    startService({ home: folder.service, env: {}, clock, random, logger, nextPorts, signal }),
  );
  let host: DemoHost | undefined;
  let fetch: OutboundFetch | undefined;
  try {
    report.step(`The provisioning service answers on ${service.url}, with its data on the embedded store.`, {
      service: service.url,
    });
    const opened = await openGraph(service, folder, clock);
    fetch = opened.fetch;
    const startDemo = async (): Promise<DemoHost> => {
      host ??= await startDemoHost(folder, target, options);
      return host;
    };
    const outcome = await runScenario({
      graph: opened.graph,
      target,
      people: contosoPeople(),
      random,
      report,
      startHost: startDemo,
      signal,
    });
    folder.finish();
    return { ...outcome, folder, serviceUrl: service.url };
  } finally {
    await host?.host.close();
    await fetch?.close();
    await service.close();
  }
}

/** A client of a service's Graph API with its administrator's token. @param folder keeps the certificate that the service is trusted by */
export async function openGraph(
  service: Service,
  folder: Pick<DemoFolder, 'root' | 'service'>,
  clock: Clock,
): Promise<{ readonly graph: Graph; readonly fetch: OutboundFetch }> {
  const certificateFile = join(folder.root, 'service-certificate.pem');
  await writeFileDurably(certificateFile, service.certificate);
  const fetch = createFetch({ trust: await tlsTrust({ caFile: certificateFile }), deadline: callDeadline, clock });
  const token = (await readFile(join(folder.service, 'admin-token'), 'utf8')).trim();
  return { graph: graphClient(service.url, token, fetch), fetch };
}

/** The running connector host as the application's credentials name it. */
export interface DemoHost {
  readonly host: Host;
  /** Name of the connector. */
  readonly connector: string;
  readonly url: string;
  readonly token: string;
  readonly certificateFile: string;
}

/** The target's connector, registered with a new secret token, on a running host. */
async function startDemoHost(
  folder: DemoFolder,
  target: DemoTarget,
  { clock, random, logger }: DemoOptions,
): Promise<DemoHost> {
  const token = createToken(random);
  const connector = target.connector();
  await createConnectorFiles({ home: folder.host, token, random, connector, secrets: target.secrets });
  const host = await startHost({
    home: folder.host,
    settings: loadSettings(hostSettings, { env: {}, overrides: {} }),
    registry: connectorRegistry([target.kind]),
    clock,
    random,
    logger,
    nextPorts,
  });
  await host.settled(connector.name);
  const certificateFile = join(homeAt(folder.host).certificates, 'trusted-by-the-service.pem');
  await writeFileDurably(certificateFile, host.certificate);
  return { host, connector: connector.name, url: host.urlOf(connector.name), token, certificateFile };
}
