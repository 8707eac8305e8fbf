import { isProblem, type Problem, problem, toProblem } from '@joinery/problems';
import { Command, CommanderError } from 'commander';
import type { ContextFor } from './command-context.ts';
import { jsonOutput, type OutputStreams, textOutput } from './output.ts';
import type { SecretSource } from './secret-line.ts';
import { version } from './version.ts';

/** What a command needs is loaded only where it is asked for: each stands for a room of the house. */
const commands = {
  demo: async (contextFor) => (await import('./commands/demo.ts')).demoCommand(contextFor),
  service: async (contextFor) => (await import('./commands/service.ts')).serviceCommand(contextFor),
  host: async (contextFor) => (await import('./commands/host.ts')).hostCommand(contextFor),
  ldap: async (contextFor) => (await import('./commands/ldap.ts')).ldapCommand(contextFor),
  powershell: async (contextFor) => (await import('./commands/powershell.ts')).powershellCommand(contextFor),
  expression: async (contextFor) => (await import('./commands/expression.ts')).expressionCommand(contextFor),
} satisfies Readonly<Record<string, (contextFor: ContextFor) => Promise<Command>>>;

/** Exit codes of every command: 0 done, 1 failed, 2 wrong usage. */
export type ExitCode = 0 | 1 | 2;

/**
 * Runs one command line.
 * @param words the arguments after the program's name
 * @returns the exit code; nothing is thrown, every failure has been written as `CODE: sentence`
 */
export async function runCli(
  words: readonly string[],
  streams: OutputStreams & {
    readonly signal: AbortSignal;
    readonly workingFolder: string;
    readonly stdin: SecretSource;
  },
): Promise<ExitCode> {
  const contextFor: ContextFor = ({ json }) => ({
    output: json === true ? jsonOutput(streams) : textOutput(streams),
    signal: streams.signal,
    env: streams.env,
    workingFolder: streams.workingFolder,
    stdin: streams.stdin,
  });
  const program = await commandTree(words, contextFor, streams);
  const json = words.includes('--json');
  try {
    await program.parseAsync([...words], { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0;
      contextFor({ json }).output.failed(usageProblem(error));
      return 2;
    }
    const failure = toProblem(error);
    contextFor({ json }).output.failed(failure);
    if (failure.code === 'RUNTIME_INTERNAL' && failure.cause instanceof Error && streams.env.JOINERY_DEBUG === '1') {
      streams.stderr.write(`${failure.cause.stack ?? failure.cause.message}\n`);
    }
    return isProblem(failure, 'CLI_USAGE') ? 2 : 1;
  }
}

async function commandTree(
  [first]: readonly string[],
  contextFor: ContextFor,
  { stdout }: OutputStreams,
): Promise<Command> {
  const program = new Command('joinery')
    .description('Provisions people’s accounts: reads who should exist, decides what must change, and makes it so.')
    .version(version())
    .showSuggestionAfterError(true)
    .addHelpText(
      'after',
      '\nExample:\n  joinery demo\n\nExit codes: 0 done, 1 failed, 2 wrong usage; 130 and 143 ended by SIGINT and SIGTERM before it was done,\n141 because nobody read its output any more.\nA server that is told to stop exits 0.',
    );
  const named = Object.entries(commands).filter(([name]) => name === first);
  // Help, suggestions and errors speak of them all.
  const wanted = named.length === 0 ? Object.entries(commands) : named;
  for (const [, load] of wanted) program.addCommand(await load(contextFor));
  quiet(program, stdout);
  return program;
}

/** Errors become problems instead of commander's own lines, on every level of the tree. */
function quiet(command: Command, stdout: OutputStreams['stdout']): void {
  command.exitOverride().configureOutput({ writeOut: (text) => void stdout.write(text), writeErr: () => {} });
  for (const child of command.commands) quiet(child, stdout);
}

function usageProblem(error: CommanderError): Problem {
  if (error.code === 'commander.help') return problem('CLI_USAGE', 'a command is missing.');
  const text = error.message.replace(/^error: /, '').replaceAll('\n', ' ');
  return problem('CLI_USAGE', text.endsWith(')') || text.endsWith('.') ? text : `${text}.`);
}
