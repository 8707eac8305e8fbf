import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { importTable, rooms } from './import-table.ts';

/** Where the bundles are that were made of earlier states of the sources, a folder each. */
const cache = fileURLToPath(new URL('../node_modules/.cache/powershell/', import.meta.url));

const root = fileURLToPath(new URL('..', import.meta.url));

/** Bundles that are kept: programs that still run may start a process with one. */
const kept = 8;

/** Milliseconds between two looks for what another process makes. */
const lookAgain = 25;

/**
 * The program made of an entry and the sources as they are now; made where there is none yet, by one process for all that ask.
 * @returns its path; `undefined` where nothing can be written: the sources run as they are, too, and start later
 */
export async function bundleOfSources(entry: string): Promise<string | undefined> {
  const folder = join(cache, digestOfInputs(entry));
  const main = join(folder, 'main.cjs');
  if (existsSync(main)) return main;
  // Loaded only where something has changed.
  const { isProblem } = await import('@joinery/problems');
  const { lockFolder } = await import('@joinery/runtime');
  for (;;) {
    try {
      const lock = lockFolder(cache);
      try {
        if (!existsSync(main)) await make(entry, folder);
        return main;
      } finally {
        lock.release();
      }
    } catch (error) {
      if (isProblem(error, 'RUNTIME_FILE_UNWRITABLE')) return undefined;
      if (!isProblem(error, 'RUNTIME_FOLDER_IN_USE')) throw error;
    }
    await setTimeout(lookAgain);
  }
}

async function make(entry: string, folder: string): Promise<void> {
  const { bundleToFolder } = await import('./bundle-script-process.ts');
  // Of one that did not come to its end.
  const draft = join(cache, 'draft');
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft);
  await bundleToFolder(entry, draft);
  renameSync(draft, folder);
  removeOld();
}

/** All that the bundle of an entry is made of and by: the entry's folder, its room and the rooms that this one is made of. */
function inputsOf(entry: string): readonly string[] {
  const own = Object.entries(rooms).find(([, folder]) => entry.startsWith(join(root, folder) + sep))?.[0];
  const wanted = new Set(['powershell', ...(own === undefined ? [] : [own])]);
  for (const room of wanted) {
    const allowed = importTable[room] ?? [];
    for (const other of allowed.includes('*') ? Object.keys(rooms) : allowed) wanted.add(other);
  }
  const folders = [...wanted].map((room) => join(root, rooms[room] ?? '', 'src'));
  return [...folders, dirname(entry), join(root, 'tools'), join(root, 'package-lock.json')];
}

/** Names, sizes and times: enough to notice an edit, and done in a few milliseconds. */
function digestOfInputs(entry: string): string {
  const hash = createHash('sha256').update(`${process.version} ${entry}`);
  for (const path of inputsOf(entry)) {
    const files = statSync(path).isDirectory() ? readdirSync(path, { recursive: true, encoding: 'utf8' }).sort() : [''];
    for (const file of files) {
      const { mtimeMs, size } = statSync(join(path, file));
      hash.update(`${path} ${file} ${mtimeMs} ${size}\n`);
    }
  }
  return hash.digest('hex').slice(0, 32);
}

function removeOld(): void {
  const byAge = readdirSync(cache, { withFileTypes: true })
    .filter((item) => item.isDirectory())
    .map(({ name }) => join(cache, name))
    .map((path) => ({ path, age: Date.now() - statSync(path).mtimeMs }))
    .sort((left, right) => left.age - right.age);
  for (const { path, age } of byAge.slice(kept)) {
    if (age > 3_600_000) rmSync(path, { recursive: true, force: true });
  }
}
