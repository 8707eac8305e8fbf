import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { problem } from '@joinery/problems';

/** Names a folder as the demo's own, so that a rerun may clear it and nothing else is ever cleared. */
const marker = 'joinery-demo.json';

export interface DemoFolder {
  readonly root: string;
  readonly host: string;
  readonly service: string;
  /** The target file that people are provisioned to. */
  readonly inputFile: string;
  /** True when an earlier demo was cut off here and this one goes on with its data. */
  readonly resumed: boolean;
  /** Marks the demo as run to its end: the next one starts afresh. */
  finish(): void;
}

/**
 * Opens the folder of the demo: makes a new one, clears one whose demo ran to its end, or goes on in one that was cut off.
 * @param root absolute path
 * @throws CLI_DEMO_FOLDER_FOREIGN when the folder holds something that no demo made
 */
export function openDemoFolder(root: string): DemoFolder {
  const markerFile = join(root, marker);
  const known = existsSync(markerFile);
  if (!known && existsSync(root) && readdirSync(root).length > 0) {
    throw problem('CLI_DEMO_FOLDER_FOREIGN', 'the folder is not empty and was not made by the demo.', { place: root });
  }
  const resumed = known && !isFinished(markerFile);
  if (known && !resumed) rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true, mode: 0o700 });
  writeFileSync(markerFile, '{"finished":false}\n');
  const host = join(root, 'host');
  return {
    root,
    host,
    service: join(root, 'service'),
    inputFile: join(host, 'MAData', 'CSV', 'InputFile.txt'),
    resumed,
    finish: () => writeFileSync(markerFile, '{"finished":true}\n'),
  };
}

function isFinished(file: string): boolean {
  try {
    const state: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof state === 'object' && state !== null && 'finished' in state && state.finished === true;
  } catch (error) {
    // A marker cut off in the middle of a write belongs to a demo that did not end.
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
