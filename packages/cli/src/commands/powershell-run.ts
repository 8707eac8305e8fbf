import { dirname, resolve } from 'node:path';
import {
  Engine,
  type EngineValue,
  type Grant,
  type HostGrant,
  placeText,
  type RunLimits,
  type StreamEvent,
  toJsonValue,
} from '@joinery/powershell';
import { problem } from '@joinery/problems';
import type { TlsTrust } from '@joinery/runtime';
import { Command } from 'commander';
import type { CommandContext, ContextFor } from '../command-context.ts';
import type { Output } from '../output.ts';
import { readScript, type ScriptText } from '../script-file.ts';
import { checkScripts, refuseMissing } from './powershell-check.ts';

interface Words {
  readonly parameter?: readonly string[];
  readonly read?: readonly string[];
  readonly write?: readonly string[];
  readonly host?: readonly string[];
  readonly ca?: string;
  readonly seconds?: number;
  readonly megabytes?: number;
  readonly json?: boolean;
}

/** `joinery powershell run`: runs a script file. */
export function powershellRunCommand(contextFor: ContextFor): Command {
  return withOptions(new Command('run'))
    .argument('<file>', 'the script')
    .description('Run a script in the embedded PowerShell, after checking that it covers it.')
    .addHelpText(
      'after',
      '\nThe script may read its own folder; every other file, and every host, must be granted. Relative paths start at the current folder.\n\nExample:\n  joinery powershell run import.ps1 --parameter Path=data/people.csv --read data --write out',
    )
    .action(async (file: string, words: Words) => {
      const context = contextFor(words);
      const script = await readScript(file, context.workingFolder);
      await runScript(script, [{ path: dirname(script.file), access: 'read' }], words, context);
    });
}

/** `joinery powershell eval`: runs a text. */
export function powershellEvalCommand(contextFor: ContextFor): Command {
  return withOptions(new Command('eval'))
    .argument('<script>', 'the text of the script')
    .description('Run a text in the embedded PowerShell, after checking that it covers it.')
    .addHelpText(
      'after',
      "\nThe script may touch no file and no host unless one is granted.\n\nExample:\n  joinery powershell eval '1..3 | ForEach-Object { $_ * 2 }'",
    )
    .action(async (text: string, words: Words) => {
      await runScript({ text, file: undefined }, [], words, contextFor(words));
    });
}

function withOptions(command: Command): Command {
  const repeated = (word: string, earlier: readonly string[] = []): readonly string[] => [...earlier, word];
  return command
    .option('-p, --parameter <name=value>', 'a parameter of the script, as text', repeated)
    .option('--read <path>', 'a file or folder that the script may read', repeated)
    .option('--write <path>', 'a file or folder that the script may read and write', repeated)
    .option('--host <name:port>', 'a host that the script may talk to', repeated)
    .option(
      '--ca <file>',
      'PEM file of the authority that the hosts have their certificates from (default: the public ones)',
    )
    .option('--seconds <number>', 'time that the script may take (default: 300)', positive)
    .option('--megabytes <number>', 'memory that the script may take (default: 1024)', positive)
    .option('--json', 'one JSON object a line');
}

function positive(word: string): number {
  const number = Number(word);
  if (number > 0 && Number.isFinite(number)) return number;
  throw problem('CLI_USAGE', `"${word}" is not a number above zero.`);
}

async function runScript(
  script: ScriptText,
  own: readonly Grant[],
  words: Words,
  { output, signal, workingFolder }: CommandContext,
): Promise<void> {
  const parameters = readParameters(words.parameter);
  refuseMissing(await checkScripts([script]));
  const granted = (access: Grant['access'], paths: readonly string[] = []): Grant[] =>
    paths.map((path) => ({ path: resolve(workingFolder, path), access }));
  const hosts = readHosts(words.host);
  const trust = words.ca === undefined ? undefined : await trustOf(resolve(workingFolder, words.ca));
  await using engine = await Engine.open({
    roots: [...granted('write', words.write), ...granted('read', words.read), ...own],
    location: workingFolder,
    hosts,
    ...(trust === undefined ? {} : { trust }),
    limits: limitsOf(words),
  });
  const run = await engine.run({ signal });
  const { text, file } = script;
  const invocation = run.invoke(file === undefined ? text : { text, file }, parameters, {
    signal,
    onStream: (event) => printStream(output, event),
  });
  let values = 0;
  for await (const value of invocation) {
    values += 1;
    const plain = toJsonValue(value);
    output.line(typeof plain === 'object' && plain !== null ? JSON.stringify(plain) : String(plain ?? ''), {
      value: plain,
    });
  }
  output.end({ values });
}

function printStream(output: Output, event: StreamEvent): void {
  if (event.stream === 'error') {
    const { file, message, ...facts } = event.error;
    const place = event.error.line === 0 ? '' : `${placeText(file, event.error)}: `;
    output.warn(`${place}${message}`, { stream: 'error', ...facts });
  } else if (event.stream === 'information') {
    output.line(event.text, { stream: 'information', text: event.text });
  } else if (event.stream !== 'progress') {
    output.warn(`${event.stream.toUpperCase()}: ${event.text}`, { stream: event.stream, text: event.text });
  }
}

/** Loads what reads certificates only where one is named. */
async function trustOf(caFile: string): Promise<TlsTrust> {
  const { tlsTrust } = await import('@joinery/runtime');
  return await tlsTrust({ caFile, alsoSystem: true });
}

/** `name:port`, `address:port` or `[address]:port`. */
function readHosts(words: readonly string[] = []): readonly HostGrant[] {
  return words.map((word) => {
    const [, host = '', port = ''] = /^(.+):(\d{1,5})$/.exec(word) ?? [];
    if (host !== '') return { host, port: Number(port) };
    throw problem('CLI_USAGE', `"${word}" is not of the form name:port.`, { place: '--host' });
  });
}

function limitsOf({ seconds, megabytes }: Words): Partial<RunLimits> {
  return {
    ...(seconds === undefined ? {} : { milliseconds: seconds * 1000 }),
    ...(megabytes === undefined ? {} : { memoryBytes: megabytes * 2 ** 20 }),
  };
}

function readParameters(words: readonly string[] = []): ReadonlyMap<string, EngineValue> {
  return new Map(
    words.map((word) => {
      const at = word.indexOf('=');
      if (at < 1) throw problem('CLI_USAGE', `"${word}" is not of the form name=value.`, { place: '--parameter' });
      return [word.slice(0, at), word.slice(at + 1)];
    }),
  );
}
