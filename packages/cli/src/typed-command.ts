import { basename, delimiter, dirname } from 'node:path';

/** How this program was started. */
export interface Started {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `process.execPath` */
  readonly node: string;
  /** `process.argv[1]`: the script, or the link in a `bin` folder that leads to it. */
  readonly script: string;
}

/** Name of the repository's root package; its npm scripts `demo` and `joinery` start this program from a clone. */
const repository = 'joinery-repository';

/**
 * The words that start this program again where the person stands: `joinery` where it is installed, `npm run joinery --` in a clone.
 * npm tells its scripts how they were called (docs.npmjs.com/cli/using-npm/scripts, "environment"); `INIT_CWD` is where it was typed.
 */
export function typedCommand({ env, node, script }: Started): string {
  if (env.npm_package_name === repository && env.npm_package_json !== undefined) {
    const root = dirname(env.npm_package_json);
    return env.INIT_CWD === root ? 'npm run joinery --' : `npm --prefix ${quoted(root)} run joinery --`;
  }
  if (env.npm_command === 'exec') return 'npx joinery';
  if (basename(script) !== 'joinery') return `${quoted(node)} ${quoted(script)}`;
  const onPath = (env.PATH ?? '').split(delimiter).includes(dirname(script));
  return onPath ? 'joinery' : quoted(script);
}

/** One word for the shell that the person types into. */
export function quoted(word: string): string {
  if (/^[\w@%+=:,./\\-]+$/.test(word)) return word;
  return process.platform === 'win32' ? `"${word}"` : `'${word.replaceAll("'", "'\\''")}'`;
}
