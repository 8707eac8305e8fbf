import { execFile } from 'node:child_process';

/** How a program ended and what it wrote. */
export interface ProgramResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/**
 * Runs a program to its end; whatever code it ends with.
 * @param input what it reads from its standard input
 */
export function runToEnd(
  program: string,
  args: readonly string[],
  options: { readonly input?: string; readonly environment?: Readonly<Record<string, string>> } = {},
): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      program,
      args,
      { encoding: 'utf8', maxBuffer: 512 * 1024 * 1024, env: { ...process.env, ...options.environment } },
      (error, out, err) => {
        if (error === null) resolve({ code: 0, out, err });
        else if (typeof error.code === 'number') resolve({ code: error.code, out, err });
        else
          reject(
            new Error(
              `${program} did not run: ${error.message}. \`npm run setup-tests\` installs what the tests need.`,
            ),
          );
      },
    );
    // A program that ends without reading closes its end; its result tells what happened.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(options.input ?? '');
  });
}

/**
 * Runs a program that has to succeed.
 * @returns what it wrote to its standard output
 */
export async function run(
  program: string,
  args: readonly string[],
  options: Parameters<typeof runToEnd>[2] = {},
): Promise<string> {
  const { code, out, err } = await runToEnd(program, args, options);
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${err || out}`);
  return out;
}
