import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { ConnectorRegistry } from '@joinery/connector';
import { type Problem, problem, toProblem } from '@joinery/problems';
import {
  type Clock,
  checkCertificateName,
  daysLeft,
  type FolderLock,
  type Listener,
  type Logger,
  listenerCertificate,
  listenTls,
  lockFolder,
  openVault,
  ownNames,
  type Random,
  Redactor,
  type ServerCertificate,
} from '@joinery/runtime';
import { connectorNames } from './configuration/connector-folder.ts';
import { type Home, homeAt } from './configuration/home.ts';
import type { RunProfileName } from './configuration/run-profiles.ts';
import { type SecretStore, secretStore } from './configuration/secrets.ts';
import type { HostSettings } from './configuration/settings.ts';
import { Connectors } from './connectors.ts';
import { ReadOnlySwitch } from './export/read-only.ts';
import { type ConnectorStatus, HostedConnector } from './hosted-connector.ts';
import { listenerLimits } from './limits/listener-limits.ts';
import { connectorNameOf, dispatcher, type Route, refuse, scimErrors, scimRoot } from './listener/dispatch.ts';
import { type Management, openManagement } from './manage/management.ts';
import { HostMetrics } from './metrics/host-metrics.ts';
import { metricsRoute } from './metrics/metrics-route.ts';
import type { RunReport } from './runs/run-report.ts';
import type { HistoryLine } from './space/reader/calls.ts';
import type { Alias } from './space/writer/calls.ts';

/** What everything that works on a home folder needs. */
export interface HomeOptions {
  /** The home folder (design: first-class files). It is held by this process alone. */
  readonly home: string;
  readonly settings: HostSettings;
  readonly registry: ConnectorRegistry;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** The redactor of the logger; secrets that leave the vault are registered with it. */
  readonly redactor?: Redactor;
  /** Usually `process.env`; brings the key of the vault. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export interface HostOptions extends HomeOptions {
  /** Further ports to try when the configured one is taken. Default 0: a taken port is an error. */
  readonly nextPorts?: number;
}

/** A running connector host. */
export interface Host {
  /** `https://host:port`; a connector's tenant URL is this with `/ecma2host_<name>/scim`. */
  readonly url: string;
  /** PEM of the certificate that callers have to trust. */
  readonly certificate: string;
  readonly connectors: readonly ConnectorStatus[];
  /** The tenant URL of a connector. */
  urlOf(connector: string): string;
  /**
   * Runs a profile now, after an import that is running already.
   * @throws HOST_CONNECTOR_UNKNOWN, HOST_IMPORT_UNSUPPORTED, and the connector's own problem when it is not serving
   */
  run(connector: string, profile: RunProfileName): Promise<RunReport>;
  /**
   * Runs the import that was held back again and takes it over, unless it would now lose more than was reported.
   * @throws HOST_NOTHING_HELD_BACK, and as {@link Host.run}
   */
  accept(connector: string): Promise<RunReport>;
  /** Resolves when no import of the connector is running. */
  settled(connector: string): Promise<void>;
  /** The latest runs, newest first. */
  history(connector: string, limit: number, signal: AbortSignal): Promise<readonly HistoryLine[]>;
  /** Takes a write out of the uncertain ones once a person knows what became of it. */
  forgetDoubt(connector: string, identifier: string): Promise<void>;
  /** An administrator has looked after the password of an object that was created while nobody knew whether it was set. */
  acknowledgePassword(connector: string, id: string): Promise<void>;
  /** A page of the objects that are called otherwise than their id says, for a backup or a twin. @param after the identity that the last page ended with, or nothing */
  aliases(connector: string, after: string, signal: AbortSignal): Promise<readonly Alias[]>;
  /** Takes over what another host gave as its aliases. @throws CONNECTOR_ANCHOR_INVALID */
  takeAliases(connector: string, aliases: readonly Alias[]): Promise<void>;
  /**
   * Keeps a connector, or with undefined all of them, from writing to its target, through restarts; imports go on. Writes that
   * wait are refused. Resolves when the switch is on the disk and nothing that it forbids is on its way any more.
   * @throws HOST_CONNECTOR_UNKNOWN, RUNTIME_DISK_FULL, RUNTIME_FILE_UNWRITABLE
   */
  setReadOnly(connector: string | undefined, on: boolean): Promise<void>;
  /** Stops taking requests, lets writes on their way end, ends imports and threads, gives the folder free. */
  close(): Promise<void>;
}

/**
 * Starts a connector host on its home folder. A connector that cannot be started answers 503 and leaves the others alone.
 * @throws RUNTIME_FOLDER_IN_USE, faults of the vault and the certificate, RUNTIME_PORT_TAKEN and other listener faults
 */
export async function startHost(options: HostOptions): Promise<Host> {
  const { settings, clock, logger } = options;
  const home = homeAt(options.home);
  const lock = lockFolder(home.folder);
  const { redactor = new Redactor() } = options;
  let connectors: Connectors | undefined;
  let listener: Listener | undefined;
  let management: Management | undefined;
  let metrics: HostMetrics | undefined;
  try {
    management = await openManagement(home.manage, options);
    const { route: manage, authorizes } = management;
    const secrets = await openSecrets(home, { ...options, redactor });
    const certificate = await serverCertificate(home, options);
    warnOfCertificate(certificate, options);
    metrics = new HostMetrics({
      clock,
      statuses: () => connectors?.statuses ?? [],
      certificateDays: () => daysLeft(certificate.information, clock),
    });
    const meters = metrics;
    const readOnly = await ReadOnlySwitch.open(home.readOnly, options.random, logger);
    const running = new Connectors({
      clock,
      logger,
      readOnly,
      graceMs: settings.exportTimeout * 1000,
      start: (name, own) =>
        HostedConnector.start({
          ...options,
          home,
          name,
          secrets,
          redactor,
          readOnly,
          meter: meters.meter(name),
          logger: own,
        }),
    });
    connectors = running;
    for (const name of await connectorNames(home)) await running.start(name);
    const route = (name: string): Route | Problem | undefined => {
      const found = running.find(name);
      return found instanceof HostedConnector
        ? (request, response) => found.app.routing(request, response)
        : found && notServing(found);
    };
    listener = await listenTls({
      app: {
        ready: async () => {},
        routing: dispatcher({
          connector: route,
          healthz: answerHealth(running),
          manage,
          metrics: metricsRoute({ metrics: meters, authorizes, logger }),
        }),
        close: async () => meters.close(),
      },
      host: settings.address,
      port: settings.port,
      ...(options.nextPorts === undefined ? {} : { nextPorts: options.nextPorts }),
      certificate,
      limits: listenerLimits(settings),
      clock,
      errors: scimErrors,
      essential: ({ url }) => connectorNameOf(url) === undefined,
      ended: ({ url, method }, { writableFinished, statusCode }, milliseconds) => {
        const name = connectorNameOf(url);
        if (name !== undefined) meters.requestEnded(name, method, writableFinished ? statusCode : 0, milliseconds);
      },
      connectionRefused: (reason) => meters.connectionRefused(reason),
    });
    logger.info({ url: listener.url, connectors: running.names }, 'the connector host answers');
    const host = new RunningHost(listener, certificate, running, readOnly, management, lock, options);
    await management.announce(host);
    return host;
  } catch (error) {
    await management?.close();
    await listener?.close();
    await connectors?.close(0);
    metrics?.close();
    lock.release();
    throw error;
  }
}

class RunningHost implements Host {
  readonly url: string;
  readonly certificate: string;
  readonly #listener: Listener;
  readonly #running: Connectors;
  readonly #readOnly: ReadOnlySwitch;
  readonly #management: Management;
  readonly #lock: FolderLock;
  readonly #options: HostOptions;
  #closing: Promise<void> | undefined;

  constructor(
    listener: Listener,
    certificate: ServerCertificate,
    running: Connectors,
    readOnly: ReadOnlySwitch,
    management: Management,
    lock: FolderLock,
    options: HostOptions,
  ) {
    this.url = listener.url;
    this.certificate = certificate.certificate;
    this.#listener = listener;
    this.#running = running;
    this.#readOnly = readOnly;
    this.#management = management;
    this.#lock = lock;
    this.#options = options;
  }

  get connectors(): readonly ConnectorStatus[] {
    return this.#running.statuses;
  }

  urlOf(connector: string): string {
    return this.url + scimRoot(connector);
  }
  async run(connector: string, profile: RunProfileName): Promise<RunReport> {
    return this.#running.serving(connector).run(profile);
  }
  async accept(connector: string): Promise<RunReport> {
    return this.#running.serving(connector).accept();
  }
  async settled(connector: string): Promise<void> {
    await this.#running.serving(connector).settled();
  }
  async history(connector: string, limit: number, signal: AbortSignal): Promise<readonly HistoryLine[]> {
    return this.#running.serving(connector).history(limit, signal);
  }
  async forgetDoubt(connector: string, identifier: string): Promise<void> {
    await this.#running.serving(connector).forgetDoubt(identifier);
  }

  async aliases(connector: string, after: string, signal: AbortSignal): Promise<readonly Alias[]> {
    return this.#running.serving(connector).aliases(after, signal);
  }
  async takeAliases(connector: string, aliases: readonly Alias[]): Promise<void> {
    await this.#running.serving(connector).takeAliases(aliases);
  }
  async acknowledgePassword(connector: string, id: string): Promise<void> {
    await this.#running.serving(connector).acknowledgePassword(id);
  }
  async setReadOnly(connector: string | undefined, on: boolean): Promise<void> {
    if (connector !== undefined && this.#running.find(connector) === undefined)
      throw problem('HOST_CONNECTOR_UNKNOWN', `There is no connector "${connector}".`);
    try {
      await this.#readOnly.set(connector, on);
    } finally {
      // A switch that could not be written counts all the same while the process lives.
      await this.#running.readOnlyChanged();
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const { logger, settings } = this.#options;
    const graceMs = settings.shutdownGrace * 1000;
    await this.#management.close();
    // Requests that wait for a write end with it, so both get the same grace at the same time.
    await Promise.all([this.#listener.close(graceMs), this.#running.close(graceMs)]);
    this.#lock.release();
    logger.info({}, 'the connector host has stopped');
  }
}

/** Callers learn that it is not serving; why is for the administrator, in the log and in the status. */
function notServing(fault: Problem): Problem {
  return problem('HOST_CONNECTOR_NOT_SERVING', `The connector is configured but cannot serve (${fault.code}).`, {
    retryAfterSeconds: 60,
  });
}

/** Opens the vault of a home folder. The caller holds the folder. */
export async function openSecrets(
  home: Home,
  { random, redactor = new Redactor(), env = {} }: Pick<HostOptions, 'random' | 'redactor' | 'env'>,
): Promise<SecretStore> {
  return secretStore(
    await openVault({ file: home.vault, keyFile: join(home.folder, 'vault.key'), env, random, redactor }),
  );
}

function serverCertificate(home: Home, { settings, clock, random }: HostOptions): Promise<ServerCertificate> {
  return listenerCertificate(settings, {
    certificateFile: join(home.certificates, 'host.pem'),
    keyFile: join(home.certificates, 'host.key'),
    names: [...new Set([...ownNames(), ...settings.names])],
    clock,
    random,
  });
}

/** What callers will stumble over later, said at the start. */
function warnOfCertificate(
  { certificate, information }: ServerCertificate,
  { settings, clock, logger }: HostOptions,
): void {
  const left = daysLeft(information, clock);
  if (left < 30) logger.warn({ daysLeft: left }, 'the certificate expires soon');
  for (const name of settings.names) {
    try {
      checkCertificateName(certificate, name, 'names');
    } catch (error) {
      logger.warn({ error: toProblem(error) }, 'callers that use this name will refuse the certificate');
    }
  }
}

/** 200 while the process answers; which connectors serve is in the body, by name and state only. */
function answerHealth(running: Connectors): Route {
  return (request: IncomingMessage, response: ServerResponse) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD');
      refuse(response, problem('SCIM_METHOD_NOT_ALLOWED', 'Health can only be read.'));
      return;
    }
    const connectors = Object.fromEntries(running.statuses.map(({ name, state }) => [name, state]));
    const body = JSON.stringify({ status: 'ok', connectors });
    response.writeHead(200, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
    });
    response.end(body);
  };
}
