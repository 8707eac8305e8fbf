import { Command } from 'commander';
import type { ContextFor } from '../command-context.ts';
import { ldapInspectCommand } from './ldap-inspect.ts';

/** `joinery ldap …`: what can be asked of a directory server before a connector is configured for it. */
export function ldapCommand(contextFor: ContextFor): Command {
  return new Command('ldap').description('Directory servers.').addCommand(ldapInspectCommand(contextFor));
}
