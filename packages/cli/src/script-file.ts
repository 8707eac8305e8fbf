import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { decodeText } from '@joinery/powershell';
import { problem } from '@joinery/problems';
import { systemErrorCode } from '@joinery/runtime';

/** @property file absolute, or `undefined` for text that was typed */
export interface ScriptText {
  readonly text: string;
  readonly file: string | undefined;
}

/** A script by the path that was typed. @throws CLI_USAGE where it cannot be read */
export async function readScript(
  path: string,
  workingFolder: string,
): Promise<{ readonly text: string; readonly file: string }> {
  const file = resolve(workingFolder, path);
  try {
    return { text: decodeText(await readFile(file)), file };
  } catch (error) {
    throw problem('CLI_USAGE', `The file cannot be read (${systemErrorCode(error) ?? 'unknown reason'}).`, {
      place: path,
      cause: error,
    });
  }
}

/** A script that another one names; `undefined` where there is none: that one says so when it runs. */
export async function readReferenced(file: string): Promise<ScriptText | undefined> {
  try {
    return { text: decodeText(await readFile(file)), file };
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return undefined;
  }
}
