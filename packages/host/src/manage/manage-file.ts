import { readFile, rm } from 'node:fs/promises';
import { problem } from '@joinery/problems';
import { type Random, writeFileDurably } from '@joinery/runtime';

/** Version of `manage.json` and of the answers of `/manage/v1` (design decision 13). */
export const MANAGE_VERSION = 1;

/** How the commands reach the host that runs on a home folder. */
export interface ManageFile {
  /** `https://host:port` */
  readonly url: string;
  /** Made at every start; whoever may read the file may manage the host. */
  readonly token: string;
  /** PEM of the one certificate that this host answers with. */
  readonly certificate: string;
}

/** Writes the file so that its owner alone can read it. @throws RUNTIME_DISK_FULL, RUNTIME_FILE_UNWRITABLE */
export async function writeManageFile(path: string, file: ManageFile, random: Random): Promise<void> {
  const content = JSON.stringify({ version: MANAGE_VERSION, ...file }, null, 2);
  await writeFileDurably(path, `${content}\n`, { mode: 0o600, random });
}

/** Takes the file away: nothing of this start can be reached any more. */
export async function removeManageFile(path: string): Promise<void> {
  await rm(path, { force: true });
}

/**
 * Reads the file of a host that runs.
 * @throws HOST_NOT_RUNNING, HOST_CONFIGURATION_NEWER, HOST_CONFIGURATION_UNREADABLE
 */
export async function readManageFile(path: string): Promise<ManageFile> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw notRunning(path);
    throw problem('HOST_CONFIGURATION_UNREADABLE', 'The file that says how to reach the host cannot be read.', {
      place: path,
      cause: error,
      fix: 'Run the command under the account that the host runs under.',
    });
  }
  return parseManageFile(text, path);
}

/** @param cause what came in the way of reaching it */
export function notRunning(path: string, cause?: unknown): Error {
  return problem('HOST_NOT_RUNNING', 'No host answers for this folder.', {
    place: path,
    ...(cause === undefined ? {} : { cause }),
  });
}

function parseManageFile(text: string, path: string): ManageFile {
  const file = jsonObject(text);
  const { version, url, token, certificate } = file ?? {};
  if (typeof version === 'number' && version > MANAGE_VERSION) {
    throw problem('HOST_CONFIGURATION_NEWER', `The host that runs speaks version ${version} of the management.`, {
      place: path,
      fix: 'Use the commands of the version that the host has.',
    });
  }
  if (typeof url === 'string' && typeof token === 'string' && typeof certificate === 'string')
    return { url, token, certificate };
  throw problem('HOST_CONFIGURATION_UNREADABLE', 'The file that says how to reach the host is not one.', {
    place: path,
    fix: 'Restart the host; it writes the file anew.',
  });
}

function jsonObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    // What is not JSON is told by the caller, without the parser's text, which may quote the token.
    return undefined;
  }
}
