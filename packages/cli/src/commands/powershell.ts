import { Command } from 'commander';
import type { ContextFor } from '../command-context.ts';
import { powershellCheckCommand } from './powershell-check.ts';
import { powershellEvalCommand, powershellRunCommand } from './powershell-run.ts';

/** `joinery powershell …`: the embedded PowerShell by hand. */
export function powershellCommand(contextFor: ContextFor): Command {
  return new Command('powershell')
    .description('The embedded PowerShell: what of a script it covers, and running it.')
    .addCommand(powershellCheckCommand(contextFor))
    .addCommand(powershellRunCommand(contextFor))
    .addCommand(powershellEvalCommand(contextFor));
}
