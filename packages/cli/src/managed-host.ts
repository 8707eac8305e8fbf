import { resolve } from 'node:path';
import { ManageClient } from '@joinery/host';
import { systemClock } from '@joinery/runtime';
import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { defaultHome } from './default-home.ts';

/** What commander hands to a command about a host that runs. */
export interface ManagedWords {
  readonly home?: string;
  readonly json?: boolean;
}

/** Adds `--home` and `--json` to a command that talks to the host which runs on the folder. */
export function withManagedOptions(command: Command): Command {
  return command
    .option('--home <folder>', 'the host’s folder (default: the platform’s data folder; JOINERY_HOME)')
    .option('--json', 'one JSON object a line');
}

/** The host that runs on the folder. @throws HOST_NOT_RUNNING */
export function managedHost({ home }: ManagedWords, context: CommandContext): Promise<ManageClient> {
  return ManageClient.connect(homeFolder(home, context), systemClock);
}

/** The folder that a command is about. @param named the value of `--home` */
export function homeFolder(named: string | undefined, { env, workingFolder }: CommandContext): string {
  return resolve(workingFolder, named ?? env.JOINERY_HOME ?? defaultHome('host', env));
}
