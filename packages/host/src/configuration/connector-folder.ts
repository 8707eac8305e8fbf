import { mkdir, readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { problem } from '@joinery/problems';
import { writeFileDurably } from '@joinery/runtime';
import {
  CONNECTOR_FILE_VERSION,
  type ConnectorFile,
  formatConnectorFile,
  type NewConnector,
  newerFile,
  parseConnectorFile,
  withDefaults,
} from './connector-file.ts';
import { checkConnectorName } from './connector-name.ts';
import type { Home } from './home.ts';

/** The names of the configured connectors, sorted; a home without the folder has none. */
export async function connectorNames(home: Home): Promise<readonly string[]> {
  try {
    const entries = await readdir(home.connectors, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
      .map((entry) => basename(entry.name, '.yaml'))
      .sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw problem('HOST_CONFIGURATION_UNREADABLE', 'The folder of the connector files cannot be read.', {
      place: home.connectors,
      cause: error,
    });
  }
}

/**
 * The name of a connector that is configured.
 * @throws HOST_CONNECTOR_NAME_INVALID, HOST_CONNECTOR_UNKNOWN, HOST_CONFIGURATION_UNREADABLE
 */
export async function configuredName(home: Home, given: string): Promise<string> {
  const name = checkConnectorName(given);
  if ((await connectorNames(home)).includes(name)) return name;
  throw problem('HOST_CONNECTOR_UNKNOWN', `There is no connector "${name}".`, {
    place: home.connectorFile(name),
    fix: 'Write the connector file first, or use the name of one exactly, with upper and lower case.',
  });
}

/**
 * Reads `connectors/<name>.yaml`.
 * @throws HOST_CONFIGURATION_UNREADABLE and what {@link parseConnectorFile} throws
 */
export async function readConnectorFile(home: Home, name: string): Promise<ConnectorFile> {
  const path = home.connectorFile(checkConnectorName(name));
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const sentence = isMissing(error) ? `There is no connector "${name}".` : 'The connector file cannot be read.';
    throw problem('HOST_CONFIGURATION_UNREADABLE', sentence, { place: path, cause: error });
  }
  return parseConnectorFile(text, name, path);
}

/**
 * Writes `connectors/<name>.yaml` durably, with the connector's working folder beside it. What it writes is read back
 * first, so a file that could not be used is never written. A file of an older form is kept as `<file>.version-<n>`.
 * @throws HOST_CONFIGURATION_INVALID, HOST_CONFIGURATION_NEWER, HOST_CONNECTOR_NAME_INVALID, RUNTIME_FILE_UNWRITABLE, RUNTIME_DISK_FULL
 */
export async function writeConnectorFile(home: Home, connector: NewConnector): Promise<ConnectorFile> {
  const path = home.connectorFile(checkConnectorName(connector.name));
  const text = formatConnectorFile(withDefaults(connector));
  const file = parseConnectorFile(text, connector.name, path);
  await mkdir(home.connectors, { recursive: true, mode: 0o700 });
  await mkdir(home.connectorFolder(connector.name), { recursive: true, mode: 0o700 });
  await keepOlder(path);
  await writeFileDurably(path, text);
  return file;
}

/** Keeps a file of an older form before another one takes its place. @throws HOST_CONFIGURATION_NEWER for one of a newer program */
async function keepOlder(path: string): Promise<void> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return;
    throw problem('HOST_CONFIGURATION_UNREADABLE', 'The connector file cannot be read.', { place: path, cause: error });
  }
  const version = Number(/^version:[ \t]*(\d+)/m.exec(text)?.[1] ?? CONNECTOR_FILE_VERSION);
  if (version > CONNECTOR_FILE_VERSION) throw newerFile(version, path);
  if (version < CONNECTOR_FILE_VERSION) await writeFileDurably(`${path}.version-${version}`, text);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
