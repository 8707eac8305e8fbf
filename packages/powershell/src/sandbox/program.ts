import { existsSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { siblingModule } from '@joinery/runtime/module-file';

/** The entry of the language's own process: it registers nothing. */
const ownProgram = siblingModule(import.meta.url, '../script-process/main');

/**
 * The file that the child process runs. What people install holds each entry as one file; in the repository a tool makes one
 * of the sources, because Node takes half a second to read them one by one. Its path has no links: the process may read only
 * where it really is.
 * @param entry a module that calls `serveScripts`
 */
export async function childProgram(entry: URL = ownProgram): Promise<string> {
  const main = fileURLToPath(entry);
  if (!main.endsWith('.ts')) return realpathSync.native(main);
  let program = made.get(main);
  if (program === undefined) {
    program = madeFromSources(main);
    made.set(main, program);
  }
  return realpathSync.native(await program);
}

const made = new Map<string, Promise<string>>();

async function madeFromSources(main: string): Promise<string> {
  const tool = new URL('../../../../tools/script-process-cache.ts', import.meta.url);
  if (!existsSync(tool)) return main;
  const loaded: unknown = await import(tool.href);
  return (isTool(loaded) ? await loaded.bundleOfSources(main) : undefined) ?? main;
}

function isTool(loaded: unknown): loaded is { bundleOfSources(entry: string): Promise<string | undefined> } {
  return (
    typeof loaded === 'object' &&
    loaded !== null &&
    'bundleOfSources' in loaded &&
    typeof loaded.bundleOfSources === 'function'
  );
}
