import { mkdir } from 'node:fs/promises';
import { type Connector, type ConnectorRegistry, parseConfiguration } from '@joinery/connector';
import { type Problem, problem, toProblem } from '@joinery/problems';
import type { Clock, Logger, Random, Redactor } from '@joinery/runtime';
import type { FastifyInstance } from 'fastify';
import { BearerCheck } from './auth/bearer-check.ts';
import { readConnectorFile } from './configuration/connector-folder.ts';
import type { Home } from './configuration/home.ts';
import type { RunProfileName } from './configuration/run-profiles.ts';
import { type SecretStore, TOKEN_SECRET } from './configuration/secrets.ts';
import type { HostSettings } from './configuration/settings.ts';
import { Decider } from './export/decide.ts';
import { checkDnConstruction } from './export/dn.ts';
import { Exporter } from './export/exporter.ts';
import { InDoubt } from './export/in-doubt.ts';
import type { ReadOnlyReason, ReadOnlySwitch } from './export/read-only.ts';
import { UnknownPasswords } from './export/unknown-passwords.ts';
import { createScimApp } from './facade/scim-app.ts';
import { ConnectorStorage } from './facade/storage.ts';
import { openConnector } from './isolation/open-connector.ts';
import { DeletesPerHour } from './limits/deletes-per-hour.ts';
import { ConnectorMeter } from './metrics/connector-meter.ts';
import type { CallObserver } from './metrics/measured-connector.ts';
import { parseIdentity } from './object/identity.ts';
import { referenceDefinitions } from './object/references.ts';
import { fingerprintOf, type Shape, shapeOf } from './object/shape.ts';
import type { RunReport } from './runs/run-report.ts';
import { type LastRun, type RunningImport, Schedule } from './runs/schedule.ts';
import type { HistoryLine } from './space/reader/calls.ts';
import { Space } from './space/space.ts';
import type { Alias, JournalState, PasswordUnknown } from './space/writer/calls.ts';
import { lossWarnings, warningsOf } from './warnings.ts';

export interface HostedConnectorOptions {
  readonly home: Home;
  readonly name: string;
  readonly settings: HostSettings;
  readonly registry: ConnectorRegistry;
  readonly secrets: SecretStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Takes secrets out of what a target says before it is answered or kept. */
  readonly redactor: Redactor;
  readonly readOnly: ReadOnlySwitch;
  /** Counts what it does; outlives it. */
  readonly meter?: ConnectorMeter;
  /** False: it imports only when it is asked to. Default true. */
  readonly importsByItself?: boolean;
}

/** What an administrator sees of one connector. */
export interface ConnectorStatus {
  readonly name: string;
  /** `failed`: its configuration or its space could not be used; it answers 503 and the others are not concerned. */
  readonly state: 'serving' | 'importing' | 'failed';
  readonly objects: number;
  readonly problem: Problem | undefined;
  /** The import that ended last, also before this process began. */
  readonly lastImport: LastRun | undefined;
  /** The import that is going on. */
  readonly running: RunningImport | undefined;
  /** What an administrator should know although it serves. */
  readonly warnings: readonly string[];
  /** Writes that wait for the target. */
  readonly waitingWrites: number;
  /** Writes without a known outcome. */
  readonly inDoubt: readonly {
    readonly identifier: string;
    readonly state: JournalState;
    readonly id: string | null;
    readonly passwordPending: boolean;
  }[];
  /** Created objects of which nobody knows whether their password was set; until an administrator acknowledges. */
  readonly passwordUnknown: readonly PasswordUnknown[];
  /** Why it writes nothing to its target; undefined while it does. */
  readonly readOnly: ReadOnlyReason | undefined;
}

/** The configured connector with its shape, before anything of it runs. */
export interface LoadedConnector {
  readonly shape: Shape;
  readonly connector: Connector;
}

/**
 * Reads a connector's configuration and makes the connector. Touches neither target nor space.
 * @throws HOST_CONFIGURATION_INVALID, HOST_CONFIGURATION_UNREADABLE, HOST_CONFIGURATION_NEWER, CONNECTOR_KIND_UNKNOWN, CONNECTOR_CONFIGURATION_INVALID
 */
export async function loadConnector({
  home,
  name,
  registry,
  secrets,
  clock,
  random,
  logger,
  meter,
}: Omit<HostedConnectorOptions, 'readOnly'>): Promise<LoadedConnector> {
  const file = await readConnectorFile(home, name);
  const kind = registry.get(file.connector);
  const configuration = parseConfiguration(kind.parameters, file.parameters, (parameter) =>
    secrets.get(name, parameter),
  );
  const folder = home.connectorFolder(name);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const context = { clock, random, logger, folder };
  const connector = await openConnector(kind, configuration, context, {
    name,
    isolation: file.isolation,
    observer: observed(meter ?? new ConnectorMeter(), logger),
    died: () => meter?.died(),
  });
  try {
    const shape = shapeOf(file, connector);
    checkDnConstruction(shape, connector.traits);
    return { shape, connector };
  } catch (error) {
    await connector[Symbol.asyncDispose]();
    throw error;
  }
}

/** Longer than this, and callers of every other connector notice. */
const NOTICED_SECONDS = 0.25;

/** Counts the calls of a connector of this thread, and says in the log when one has kept all others waiting. */
function observed(meter: ConnectorMeter, logger: Logger): CallObserver {
  return {
    begun: () => meter.begun(),
    waits: (member, seconds) => {
      meter.waits(member, seconds);
      if (seconds < NOTICED_SECONDS) return;
      logger.warn(
        { seconds, member },
        'the connector computed and kept the whole host waiting; let it run in a worker or a process (isolation.runIn)',
      );
    },
    ended: () => meter.ended(),
  };
}

/** One connector at work: space, runs, exports and façade behind one door. */
export class HostedConnector {
  readonly name: string;
  readonly app: FastifyInstance;
  readonly #shape: Shape;
  readonly #connector: Connector;
  readonly #space: Space;
  readonly #schedule: Schedule;
  readonly #exporter: Exporter;
  readonly #decider: Decider;
  readonly #doubts: InDoubt;
  readonly #passwords: UnknownPasswords;
  readonly #readOnly: ReadOnlySwitch;
  readonly #warnings: readonly string[];

  private constructor(parts: {
    name: string;
    app: FastifyInstance;
    shape: Shape;
    connector: Connector;
    space: Space;
    schedule: Schedule;
    exporter: Exporter;
    decider: Decider;
    doubts: InDoubt;
    passwords: UnknownPasswords;
    readOnly: ReadOnlySwitch;
    warnings: readonly string[];
  }) {
    this.name = parts.name;
    this.app = parts.app;
    this.#shape = parts.shape;
    this.#connector = parts.connector;
    this.#space = parts.space;
    this.#schedule = parts.schedule;
    this.#exporter = parts.exporter;
    this.#decider = parts.decider;
    this.#doubts = parts.doubts;
    this.#passwords = parts.passwords;
    this.#readOnly = parts.readOnly;
    this.#warnings = parts.warnings;
  }

  /**
   * Brings a connector up: its last content answers at once, and an import starts where one is due.
   * @throws what {@link loadConnector} throws, HOST_CONNECTOR_TOKEN_MISSING, and faults of the space
   */
  static async start(options: HostedConnectorOptions): Promise<HostedConnector> {
    const {
      home,
      name,
      settings,
      secrets,
      clock,
      random,
      logger,
      redactor,
      readOnly,
      meter = new ConnectorMeter(),
    } = options;
    const { shape, connector } = await loadConnector(options);
    await using unused = new AsyncDisposableStack();
    unused.use(connector);
    const token = secrets.get(name, TOKEN_SECRET);
    if (token === undefined) {
      throw problem('HOST_CONNECTOR_TOKEN_MISSING', `The connector "${name}" has no secret token yet.`, {
        place: name,
      });
    }
    await mkdir(home.space, { recursive: true, mode: 0o700 });
    const { indexed, indexable } = shape;
    const space = await Space.open({
      path: home.spaceFile(name),
      name,
      clock,
      logger,
      indexed,
      indexable,
      shape: fingerprintOf(shape),
      references: referenceDefinitions(shape),
      searchMs: settings.searchTimeout * 1000,
    });
    unused.defer(() => space.close());
    const doubts = new InDoubt();
    const passwords = new UnknownPasswords(space);
    const callMs = settings.exportTimeout * 1000;
    meter.importedAt ??= space.state.importedAt;
    const parts = { shape, connector, space, doubts, passwords, clock, logger, random, redactor, callMs, meter };
    const decider = new Decider(parts);
    await decider.resume(space.state.open);
    const exporter = new Exporter({
      ...parts,
      decider,
      pending: settings.pendingWrites,
      deletes: new DeletesPerHour(shape.file.limits.deletesPerHour, clock, space.state.deletions),
      exportSession: shape.file.exportSession,
      refusal: () => readOnly.refusal(name),
    });
    const decided = (identifiers: readonly string[]): void => decider.decided(identifiers);
    const schedule = new Schedule({ ...parts, exporter, decided, timeoutMs: settings.importTimeout * 60_000 });
    const storage = new ConnectorStorage({ ...parts, schedule, exporter });
    const app = await createScimApp({ ...parts, storage, schedule, settings, bearer: new BearerCheck(token, random) });
    if (options.importsByItself !== false) schedule.start();
    const warnings = [...warningsOf(shape, connector), ...lossWarnings(connector, space.state)];
    for (const warning of warnings) logger.warn({}, warning);
    unused.move();
    return new HostedConnector({ ...parts, name, app, schedule, exporter, decider, readOnly, warnings });
  }

  status(): ConnectorStatus {
    return {
      name: this.name,
      state: this.#schedule.filled ? 'serving' : 'importing',
      objects: this.#space.count(),
      problem: undefined,
      lastImport: this.#schedule.last,
      running: this.#schedule.running,
      warnings: this.#warnings,
      waitingWrites: this.#exporter.waiting,
      inDoubt: this.#doubts
        .all()
        .map(({ identifier, state, id, passwordPending }) => ({ identifier, state, id, passwordPending })),
      passwordUnknown: this.#passwords.all(),
      readOnly: this.#readOnly.reasonOf(this.name),
    };
  }

  /** Resolves when a thread that this connector cannot do without has ended, or its space is damaged; it takes no writes any more. */
  get crash(): Promise<Problem> {
    return this.#space.crash;
  }

  /** Runs a profile now, after an import that is running already. @throws HOST_IMPORT_UNSUPPORTED, HOST_STOPPING */
  run(profile: RunProfileName): Promise<RunReport> {
    return this.#schedule.run(profile);
  }

  /** Runs the import that was held back again and takes it over. @throws HOST_NOTHING_HELD_BACK, HOST_STOPPING */
  accept(): Promise<RunReport> {
    return this.#schedule.accept();
  }

  /** Resolves when no import is running. */
  settled(): Promise<void> {
    return this.#schedule.settled();
  }

  history(limit: number, signal: AbortSignal): Promise<readonly HistoryLine[]> {
    return this.#space.history(limit, signal);
  }

  /** A person has found out what became of a write that nothing else can decide. */
  async forgetDoubt(identifier: string): Promise<void> {
    await this.#space.writer.call('forget', [identifier]);
    this.#decider.decided([identifier]);
  }

  /** An administrator has looked after the password of an object that was created without one. */
  /** A page of what renamed objects are called, for a backup or a twin. @param after the identity that the last page ended with */
  aliases(after: string, signal: AbortSignal): Promise<readonly Alias[]> {
    return this.#space.aliases(after, signal);
  }

  /** Takes over what another host knows of renamed objects. @throws CONNECTOR_ANCHOR_INVALID for what is no identity of this connector */
  async takeAliases(aliases: readonly Alias[]): Promise<void> {
    for (const { identity, id } of aliases) {
      parseIdentity(this.#shape, identity);
      parseIdentity(this.#shape, id);
    }
    await this.#space.writer.call('importAliases', aliases);
  }

  async acknowledgePassword(id: string): Promise<void> {
    await this.#passwords.settle(id);
  }

  /** Its read-only switch, or the host's, was set. Resolves when nothing is on its way to the target that may not be. */
  async readOnlyChanged(): Promise<void> {
    const refusal = this.#readOnly.refusal(this.name);
    if (refusal !== undefined) await this.#exporter.becomeReadOnly(refusal);
  }

  /** Lets writes on their way end within the grace, then ends runs, threads and the connector, each whatever the others do. */
  async close(graceMs: number, logger: Logger): Promise<void> {
    await this.#exporter.stop(graceMs);
    const endings = [
      () => this.#schedule.stop(),
      () => this.#decider.stop(),
      () => this.#space.close(),
      () => this.#connector[Symbol.asyncDispose](),
      () => this.app.close(),
    ];
    for (const end of endings) {
      try {
        await end();
      } catch (error) {
        logger.warn({ error: toProblem(error), connector: this.name }, 'a part of the connector did not end cleanly');
      }
    }
  }
}
