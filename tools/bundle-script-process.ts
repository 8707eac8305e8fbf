import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/*
 * Makes one file of the program that runs scripts. Node reads one file in a tenth of the time that it takes for five hundred,
 * and the process that runs untrusted scripts then needs to read nothing else.
 */

const sources = fileURLToPath(new URL('../packages/powershell/src/', import.meta.url));
const cache = fileURLToPath(new URL('../node_modules/.cache/powershell/', import.meta.url));

/** Bundles of earlier states of the sources that are kept: programs that still run may start a process with one. */
const kept = 4;

/** Writes the bundle of an entry to a file. */
export async function writeBundle(entry: string, file: string): Promise<void> {
  // Loaded only where something has changed.
  const { rolldown } = await import('rolldown');
  const bundle = await rolldown({ input: entry, platform: 'node', logLevel: 'silent' });
  await bundle.write({ file, format: 'esm', comments: false });
  await bundle.close();
}

/** The bundle of the sources as they are now; made where there is none yet. */
export async function bundleOfSources(): Promise<string> {
  const file = join(cache, `${digestOfSources()}.mjs`);
  if (existsSync(file)) return file;
  mkdirSync(cache, { recursive: true });
  const draft = join(cache, `${process.pid}-${performance.now()}.draft.mjs`);
  await writeBundle(join(sources, 'sandbox/child/main.ts'), draft);
  renameSync(draft, file);
  removeOld();
  return file;
}

/** Names, sizes and times: enough to notice an edit, and done in a few milliseconds. */
function digestOfSources(): string {
  const hash = createHash('sha256');
  for (const path of readdirSync(sources, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!path.endsWith('.ts')) continue;
    const { mtimeMs, size } = statSync(join(sources, path));
    hash.update(`${path} ${mtimeMs} ${size}\n`);
  }
  return hash.digest('hex').slice(0, 32);
}

function removeOld(): void {
  const files = readdirSync(cache)
    .filter((name) => /^[0-9a-f]{32}\.mjs$/.test(name))
    .map((name) => join(cache, name));
  const byAge = files.map((path) => ({ path, age: Date.now() - statSync(path).mtimeMs })).sort((a, b) => a.age - b.age);
  for (const { path, age } of byAge.slice(kept)) if (age > 3_600_000) rmSync(path, { force: true });
}
