import type { ConnectorRegistry, TestReport } from '@joinery/connector';
import { type Problem, problem, toProblem } from '@joinery/problems';
import { type Clock, type Logger, lockFolder, type Random, Redactor, withDeadline } from '@joinery/runtime';
import { connectorNames } from './configuration/connector-folder.ts';
import { homeAt } from './configuration/home.ts';
import { TOKEN_SECRET } from './configuration/secrets.ts';
import type { HostSettings } from './configuration/settings.ts';
import { withoutSecrets } from './export/target-fault.ts';
import { openSecrets } from './host.ts';
import { HostedConnector, loadConnector } from './hosted-connector.ts';
import type { ImportReport } from './runs/full-import.ts';

export interface HomeOptions {
  readonly home: string;
  readonly settings: HostSettings;
  readonly registry: ConnectorRegistry;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly redactor?: Redactor;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** What a check found out about one connector. */
export interface ConnectorCheck {
  readonly name: string;
  /** What the target said; absent when it was not reached. */
  readonly target: TestReport | undefined;
  /** What keeps the connector from serving; empty when nothing does. */
  readonly problems: readonly Problem[];
}

/**
 * Reads a home folder as a start would, reaches every target, and changes nothing.
 * @throws RUNTIME_FOLDER_IN_USE while a host runs on it
 */
export async function checkHost(options: HomeOptions, signal: AbortSignal): Promise<readonly ConnectorCheck[]> {
  const home = homeAt(options.home);
  const { redactor = new Redactor() } = options;
  const lock = lockFolder(home.folder);
  try {
    const secrets = await openSecrets(home, { ...options, redactor });
    const checks: ConnectorCheck[] = [];
    for (const name of await connectorNames(home))
      checks.push(await checkConnector({ ...options, home, name, secrets, redactor }, signal));
    return checks;
  } finally {
    lock.release();
  }
}

async function checkConnector(
  options: Parameters<typeof loadConnector>[0],
  signal: AbortSignal,
): Promise<ConnectorCheck> {
  const { name, secrets, clock, settings, redactor } = options;
  const problems: Problem[] = [];
  if (secrets.get(name, TOKEN_SECRET) === undefined) {
    problems.push(
      problem('HOST_CONNECTOR_TOKEN_MISSING', `The connector "${name}" has no secret token yet.`, { place: name }),
    );
  }
  let target: TestReport | undefined;
  try {
    const { connector } = await loadConnector(options);
    await using reached = connector;
    target = await withDeadline(clock, settings.exportTimeout * 1000, `The test of ${name}`, signal, (within) =>
      reached.test(within),
    );
  } catch (error) {
    problems.push(withoutSecrets(toProblem(error), redactor));
  }
  return { name, target, problems };
}

/**
 * Runs one full import of a connector into its space, without a listener.
 * @throws RUNTIME_FOLDER_IN_USE while a host runs on the folder, and what starting the connector throws
 */
export async function importOnce(
  options: HomeOptions & { readonly connector: string; readonly acceptDeletes?: boolean },
): Promise<ImportReport> {
  const home = homeAt(options.home);
  const { redactor = new Redactor() } = options;
  const lock = lockFolder(home.folder);
  try {
    const secrets = await openSecrets(home, { ...options, redactor });
    const connector = await HostedConnector.start({ ...options, home, secrets, redactor, name: options.connector });
    try {
      await connector.settled();
      const report = connector.status().lastImport;
      const refused = report?.outcome === 'heldBack' && options.acceptDeletes === true;
      return report === undefined || refused
        ? await connector.importNow({ acceptDeletes: options.acceptDeletes ?? false })
        : report;
    } finally {
      await connector.close(0, options.logger);
    }
  } finally {
    lock.release();
  }
}
