import { homedir, platform } from 'node:os';
import { join } from 'node:path';

/**
 * Where a half of the product keeps its files when `--home` is not given: the platform's data folder.
 * Linux: `/var/lib/joinery` for root, otherwise `$XDG_DATA_HOME/joinery`; macOS: Application Support; Windows: ProgramData.
 */
export function defaultHome(half: 'host' | 'service', env: Readonly<Record<string, string | undefined>>): string {
  return join(dataFolder(env), half);
}

function dataFolder(env: Readonly<Record<string, string | undefined>>): string {
  switch (platform()) {
    case 'win32':
      return join(env.PROGRAMDATA ?? 'C:\\ProgramData', 'Joinery');
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Joinery');
    default:
      return process.getuid?.() === 0
        ? '/var/lib/joinery'
        : join(env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'joinery');
  }
}
