import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryRoot } from '../../../../testing/temporary-root.ts';
import { Engine } from '../../src/index.ts';
import { framed } from './web-frame.ts';
import { webScripts } from './web-scripts.ts';
import { startWebServer } from './web-server.ts';

/** What each script wrote, line by line. */
export type WebAnswers = readonly (readonly string[])[];

/** Runs all scripts of `web-scripts.ts` against a server of their own. @param run runs a text in a folder, and answers what it printed */
async function answers(
  run: (text: string, folder: string, ports: readonly number[]) => Promise<string>,
): Promise<WebAnswers> {
  const server = await startWebServer();
  const gone = await startWebServer();
  await gone.close();
  const root = await realpath(await mkdtemp(join(temporaryRoot(), 'web-')));
  const folder = join(root, 'scripts');
  await mkdir(folder);
  try {
    const variables = {
      Base: server.base,
      Echo: `${server.base}/echo`,
      Other: `http://localhost:${server.port}`,
      Gone: gone.base,
    };
    const printed = await run(framed(webScripts, variables), folder, [server.port, gone.port]);
    const stable = printed
      .replaceAll(`${server.port}`, 'PORT')
      .replaceAll(`${gone.port}`, 'GONE')
      .replaceAll(folder, 'FOLDER');
    return stable.split('\n').flatMap((line) => (line.startsWith('[') ? [linesOf(line)] : []));
  } finally {
    await server.close();
    await rm(root, { recursive: true });
  }
}

function linesOf(json: string): readonly string[] {
  const lines: unknown = JSON.parse(json);
  if (!Array.isArray(lines)) throw new TypeError('a list of lines was expected');
  // A text may hold line ends of its own.
  return lines.flatMap((line) => String(line).split('\n'));
}

/** What the PowerShell that is installed here answers. */
export async function realWebAnswers(): Promise<WebAnswers> {
  return await answers(async (text, folder) => {
    const script = join(folder, '..', 'web.ps1');
    await writeFile(script, text);
    const { stdout } = await promisify(execFile)('pwsh', ['-NoProfile', '-File', script], {
      cwd: folder,
      maxBuffer: 2 ** 24,
    });
    return stdout;
  });
}

/** What the engine answers. */
export async function engineWebAnswers(): Promise<WebAnswers> {
  return await answers(async (text, folder, ports) => {
    const hosts = ports.flatMap((port) => ['127.0.0.1', 'localhost', 'other.example'].map((host) => ({ host, port })));
    await using engine = await Engine.open({ hosts, roots: [{ path: folder, access: 'write' }] });
    const run = await engine.run();
    let printed = '';
    for await (const value of run.invoke(text)) printed += `${typeof value === 'string' ? value : ''}\n`;
    return printed;
  });
}
