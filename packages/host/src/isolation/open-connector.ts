import {
  type Configuration,
  type Connector,
  type ConnectorContext,
  type ConnectorKind,
  holdsValue,
  type Isolation,
} from '@joinery/connector';
import { problem } from '@joinery/problems';
import { type Clock, withDeadline } from '@joinery/runtime';
import type { IsolationFile } from '../configuration/isolation.ts';
import { type CallObserver, measuredConnector } from '../metrics/measured-connector.ts';
import { isolatedConnector } from './isolated-connector.ts';
import { launchProcess } from './process-transport.ts';
import type { StartArgument } from './protocol.ts';
import { DISPOSE_MS, Supervisor } from './supervisor.ts';
import { launchWorker } from './worker-transport.ts';

/** Milliseconds that a connector may take to let go of a call which was cancelled; a busy file system may need some. */
const CANCEL_GRACE_MS = 10_000;

const unobserved: CallObserver = { begun: () => {}, waits: () => {}, ended: () => {} };

/** From the least to the most apart. */
const ORDER: readonly Isolation[] = ['none', 'worker', 'process'];

export interface OpenOptions {
  /** The connector's name, for errors and logs. */
  readonly name: string;
  readonly isolation: IsolationFile;
  readonly cancelGraceMs?: number;
  /** Told of its calls where it runs in this thread. */
  readonly observer?: CallObserver;
  /** Called whenever its thread or process has ended without being told to. */
  readonly died?: () => void;
}

/** Where a connector runs: as its kind declares, or further apart where the connector file says so. */
export function isolationOf(kind: ConnectorKind, { runIn }: IsolationFile): Isolation {
  const [declared, asked] = [ORDER.indexOf(kind.isolation ?? 'none'), ORDER.indexOf(runIn)];
  return ORDER[Math.max(declared, asked)] ?? 'none';
}

/**
 * Makes a connector where it is to run: in this thread, or behind a proxy of the same contract in a thread or process of its own.
 * @throws what the kind's `create` throws; HOST_CONFIGURATION_INVALID for a kind that can only run in this thread;
 *   HOST_CONNECTOR_ENDED for a runner that does not come up
 */
export async function openConnector(
  kind: ConnectorKind,
  configuration: Configuration,
  context: ConnectorContext,
  { name, isolation, cancelGraceMs = CANCEL_GRACE_MS, observer = unobserved, died = () => {} }: OpenOptions,
): Promise<Connector> {
  const where = isolationOf(kind, isolation);
  if (where === 'none')
    return endingInTime(measuredConnector(kind.create(configuration, context), observer), context.clock);
  const launch = where === 'worker' ? launchWorker : launchProcess;
  const supervisor = new Supervisor(
    {
      name: `The ${where === 'worker' ? 'thread' : 'process'} of the connector ${name}`,
      launch,
      heapMegabytes: isolation.heapMegabytes,
      cancelGraceMs,
      clock: context.clock,
      logger: context.logger,
      died,
    },
    startArgument(kind, configuration, context.folder, name),
  );
  return isolatedConnector(await supervisor.start(), supervisor);
}

/** One that does not let go of its target must not keep the host from ending. */
function endingInTime(connector: Connector, clock: Clock): Connector {
  const never = new AbortController().signal;
  return {
    ...connector,
    [Symbol.asyncDispose]: () =>
      withDeadline(clock, DISPOSE_MS, 'Ending the connector', never, async () => connector[Symbol.asyncDispose]()),
  };
}

function startArgument(
  kind: ConnectorKind,
  configuration: Configuration,
  folder: string,
  place: string,
): StartArgument {
  if (kind.module === undefined) {
    throw problem(
      'HOST_CONFIGURATION_INVALID',
      `Connectors of the kind "${kind.kind}" run in the host's thread only.`,
      {
        place,
      },
    );
  }
  const parameters: Record<string, string> = {};
  const secrets: Record<string, string> = {};
  for (const { name, type } of kind.parameters.filter(holdsValue)) {
    const secret = type === 'EncryptedString' ? configuration.secret(name) : undefined;
    if (secret !== undefined) secrets[name] = secret;
    else if (type === 'CheckBox') parameters[name] = configuration.flag(name) ? '1' : '0';
    else if (type !== 'EncryptedString') parameters[name] = configuration.text(name);
  }
  return { module: kind.module.href, kind: kind.kind, parameters, secrets, folder };
}
