import { Command } from 'commander';
import type { ContextFor } from '../command-context.ts';
import { hostAcceptCommand } from './host-accept.ts';
import { hostAliasesCommand, hostTakeAliasesCommand } from './host-aliases.ts';
import { hostCheckCommand } from './host-check.ts';
import { hostDoubtsCommand, hostForgetCommand } from './host-doubts.ts';
import { hostImportCommand } from './host-import.ts';
import { hostAcknowledgeCommand, hostPasswordsCommand } from './host-passwords.ts';
import { hostReadOnlyCommand } from './host-read-only.ts';
import { hostRunCommand } from './host-run.ts';
import { hostRunsCommand } from './host-runs.ts';
import { hostSecretCommand } from './host-secret.ts';
import { hostStartCommand } from './host-start.ts';
import { hostStatusCommand } from './host-status.ts';
import { hostTestCommand } from './host-test.ts';
import { hostTokenCommand } from './host-token.ts';

/** `joinery host …`, in the order of its help: what starts, what runs, what is looked after. */
export function hostCommand(contextFor: ContextFor): Command {
  const host = new Command('host').description('The connector host, beside the target systems.');
  for (const command of [
    hostStartCommand,
    hostCheckCommand,
    hostTestCommand,
    hostTokenCommand,
    hostSecretCommand,
    hostStatusCommand,
    hostImportCommand,
    hostRunCommand,
    hostRunsCommand,
    hostAcceptCommand,
    hostReadOnlyCommand,
    hostDoubtsCommand,
    hostForgetCommand,
    hostPasswordsCommand,
    hostAcknowledgeCommand,
    hostAliasesCommand,
    hostTakeAliasesCommand,
  ]) {
    host.addCommand(command(contextFor));
  }
  return host;
}
