import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { connectorRegistry } from '@joinery/connector';
import { csvConnector } from '@joinery/connector-csv';
import { createConnectorFiles, type Home, type Host, homeAt, hostSettings, startHost } from '@joinery/host';
import { problem } from '@joinery/problems';
import {
  type Clock,
  createLogger,
  createToken,
  type LogLevel,
  loadSettings,
  type Random,
  Redactor,
} from '@joinery/runtime';
import { ECMA_USER_URN } from '@joinery/scim';
import { inputFile, peopleConnector } from './connector.ts';
import { anchorColumn, peopleFile, personKey } from './people.ts';

/** Part of every address of the host. */
export const connectorName = 'Target';
/** Anchor values that the line names. */
const sampleSize = 10;

export interface TargetOptions {
  /** People in the file. */
  readonly objects: number;
  /** 0 takes a free port. */
  readonly port: number;
  readonly clock: Clock;
  readonly random: Random;
  /** A folder in which the target may make its home folder until it is closed. */
  readonly temporaryFolder: string;
  /** Where the host's log goes, from warnings on. */
  readonly log: NodeJS.WritableStream;
  /** Ends a start that takes long, such as that with a million people. */
  readonly signal: AbortSignal;
}

export interface Target {
  /** The tenant URL, e.g. `https://127.0.0.1:8585/ecma2host_Target/scim`. */
  readonly base: string;
  readonly token: string;
  /** The schema extension that holds the attributes. */
  readonly urn: string;
  /** The attribute that people are looked up by. */
  readonly anchor: string;
  /** Values of the anchor that exist, from the first to the last. */
  readonly sample: readonly string[];
  /** The file with the certificate to trust (PEM); it ends with the target. */
  readonly certificate: string;
  close(): Promise<void>;
}

/**
 * Starts a connector host on loopback with the CSV connector over a generated file, and waits until its first import is done.
 * It serves what every configuration serves: one object type, no groups, no references, one anchor attribute, no bulk.
 * @throws RUNTIME_PORT_TAKEN and other faults of the listener, the problem that kept the import from being taken over, the signal's reason
 */
export async function startTarget(options: TargetOptions): Promise<Target> {
  const { objects, random, signal } = options;
  const folder = await mkdtemp(join(options.temporaryFolder, 'joinery-host-target-'));
  const home = homeAt(folder);
  const token = createToken(random);
  let host: Host | undefined;
  const close = async (): Promise<void> => {
    await host?.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await writePeople(home, objects, signal);
    await writeConnector(home, token, random);
    host = await openHost(home, options);
    await untilImported(host, objects, signal);
    const base = host.urlOf(connectorName);
    const certificate = join(home.certificates, 'host.pem');
    return { base, token, urn: ECMA_USER_URN, anchor: anchorColumn, sample: sampleOf(objects), certificate, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Writes the file that the connector reads, some rows at a time. */
async function writePeople(home: Home, objects: number, signal: AbortSignal): Promise<void> {
  const folder = home.connectorFolder(connectorName);
  await mkdir(folder, { recursive: true });
  await pipeline(Readable.from(peopleFile(objects)), createWriteStream(join(folder, inputFile)), { signal });
}

async function writeConnector(home: Home, token: string, random: Random): Promise<void> {
  await createConnectorFiles({ home: home.folder, token, random, connector: peopleConnector(connectorName) });
}

function openHost(home: Home, { port, clock, random, log }: TargetOptions): Promise<Host> {
  const redactor = new Redactor();
  const logLevel: LogLevel = 'warn';
  return startHost({
    home: home.folder,
    settings: loadSettings(hostSettings, { env: {}, overrides: { port, address: '127.0.0.1', logLevel } }),
    registry: connectorRegistry([csvConnector]),
    clock,
    random,
    logger: createLogger({ stream: log, level: logLevel, clock, redactor }),
    redactor,
  });
}

/** @throws why the connector does not serve, or why its import was not taken over */
async function untilImported(host: Host, objects: number, signal: AbortSignal): Promise<void> {
  const stopped = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  await Promise.race([host.settled(connectorName), stopped]);
  const [connector] = host.connectors;
  const fault = connector?.problem ?? connector?.lastImport?.problem;
  if (fault !== undefined) throw fault;
  if (connector?.objects !== objects)
    throw problem('RUNTIME_INTERNAL', `The import brought ${connector?.objects ?? 0} of ${objects} people.`);
}

/** Keys of people who exist, spread over all of them. */
function sampleOf(objects: number): readonly string[] {
  const size = Math.min(objects, sampleSize);
  return Array.from({ length: size }, (_, at) =>
    personKey(size === 1 ? 0 : Math.round((at * (objects - 1)) / (size - 1))),
  );
}
