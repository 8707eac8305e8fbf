import { existsSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { siblingModule } from '@joinery/runtime/module-file';

/**
 * The file that the child process runs. What people install holds it as one file; in the repository a tool makes one of the
 * sources, because Node takes half a second to read them one by one. Its path has no links: the process may read only where it
 * really is.
 */
export async function childProgram(): Promise<string> {
  const main = fileURLToPath(siblingModule(import.meta.url, './child/main'));
  if (!main.endsWith('.ts')) return realpathSync.native(main);
  made ??= madeFromSources(main);
  return realpathSync.native(await made);
}

let made: Promise<string> | undefined;

async function madeFromSources(main: string): Promise<string> {
  const tool = new URL('../../../../tools/script-process-cache.ts', import.meta.url);
  if (!existsSync(tool)) return main;
  const loaded: unknown = await import(tool.href);
  return (isTool(loaded) ? await loaded.bundleOfSources() : undefined) ?? main;
}

function isTool(loaded: unknown): loaded is { bundleOfSources(): Promise<string | undefined> } {
  return (
    typeof loaded === 'object' &&
    loaded !== null &&
    'bundleOfSources' in loaded &&
    typeof loaded.bundleOfSources === 'function'
  );
}
