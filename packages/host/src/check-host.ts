import type { TestReport } from '@joinery/connector';
import { type Problem, problem, toProblem } from '@joinery/problems';
import { lockFolder, Redactor, withDeadline } from '@joinery/runtime';
import { connectorNames } from './configuration/connector-folder.ts';
import { type Home, homeAt } from './configuration/home.ts';
import { TOKEN_SECRET } from './configuration/secrets.ts';
import { ReadOnlySwitch } from './export/read-only.ts';
import { withoutSecrets } from './export/target-fault.ts';
import { type HomeOptions, openSecrets } from './host.ts';
import { HostedConnector, loadConnector } from './hosted-connector.ts';
import { checkSelection, selectionWarnings } from './runs/check-selection.ts';
import type { RunReport } from './runs/run-report.ts';
import { warningsOf } from './warnings.ts';

/** What a check found out about one connector. */
export interface ConnectorCheck {
  readonly name: string;
  /** What the target said; absent when it was not reached. */
  readonly target: TestReport | undefined;
  /** What keeps the connector from serving; empty when nothing does. */
  readonly problems: readonly Problem[];
  /** What it cannot do, though it serves. */
  readonly warnings: readonly string[];
}

/**
 * Reads a home folder as a start would, reaches every target, and changes nothing.
 * @param options `connector` names the only one to check
 * @throws RUNTIME_FOLDER_IN_USE while a host runs on it, HOST_CONNECTOR_UNKNOWN
 */
export async function checkHost(
  options: HomeOptions & { readonly connector?: string },
  signal: AbortSignal,
): Promise<readonly ConnectorCheck[]> {
  const home = homeAt(options.home);
  const { redactor = new Redactor() } = options;
  const lock = lockFolder(home.folder);
  try {
    const secrets = await openSecrets(home, { ...options, redactor });
    const checks: ConnectorCheck[] = [];
    for (const name of await checkedNames(home, options.connector))
      checks.push(await checkConnector({ ...options, home, name, secrets, redactor }, signal));
    return checks;
  } finally {
    lock.release();
  }
}

async function checkedNames(home: Home, only: string | undefined): Promise<readonly string[]> {
  const names = await connectorNames(home);
  if (only === undefined) return names;
  if (names.includes(only)) return [only];
  throw problem('HOST_CONNECTOR_UNKNOWN', `There is no connector "${only}".`, {
    place: home.folder,
    fix: 'Use the name of a connector file exactly, with upper and lower case.',
  });
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
  let warnings: readonly string[] = [];
  try {
    const { connector, shape } = await loadConnector(options);
    warnings = warningsOf(shape, connector);
    await using reached = connector;
    target = await withDeadline(clock, settings.exportTimeout * 1000, `The test of ${name}`, signal, (within) =>
      reached.test(within),
    );
    const schema = await withDeadline(clock, settings.exportTimeout * 1000, `The schema of ${name}`, signal, (within) =>
      reached.schema(within),
    );
    warnings = [...warnings, ...(target.warnings ?? []), ...selectionWarnings(schema, shape)];
    checkSelection(schema, shape);
  } catch (error) {
    problems.push(withoutSecrets(toProblem(error), redactor));
  }
  return { name, target, problems, warnings };
}

/**
 * Runs one full import of a connector into its space, without a listener.
 * @param options `acceptLosses` takes it over also where the guard holds it back
 * @param signal ends the import; the content of the one before stays
 * @throws RUNTIME_FOLDER_IN_USE while a host runs on the folder, what starting the connector throws, and the signal's reason
 */
export async function importOnce(
  options: HomeOptions & { readonly connector: string; readonly acceptLosses?: boolean },
  signal: AbortSignal,
): Promise<RunReport> {
  const home = homeAt(options.home);
  const { redactor = new Redactor() } = options;
  const lock = lockFolder(home.folder);
  try {
    const secrets = await openSecrets(home, { ...options, redactor });
    signal.throwIfAborted();
    const readOnly = await ReadOnlySwitch.open(home.readOnly, options.random, options.logger);
    const parts = { ...options, home, secrets, redactor, readOnly };
    const connector = await HostedConnector.start({ ...parts, name: options.connector, importsByItself: false });
    let closing: Promise<void> | undefined;
    const close = (): Promise<void> => {
      closing ??= connector.close(0, options.logger);
      return closing;
    };
    signal.addEventListener('abort', close, { once: true });
    try {
      const report = await connector.run('full');
      if (report.outcome === 'cancelled') signal.throwIfAborted();
      return report.outcome === 'heldBack' && options.acceptLosses === true ? await connector.accept() : report;
    } finally {
      signal.removeEventListener('abort', close);
      await close();
    }
  } finally {
    lock.release();
  }
}
