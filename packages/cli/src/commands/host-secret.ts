import { storeSecret } from '@joinery/host';
import { systemRandom } from '@joinery/runtime';
import { Command } from 'commander';
import type { ContextFor } from '../command-context.ts';
import { registry } from '../host-options.ts';
import { homeFolder, type ManagedWords, withManagedOptions } from '../managed-host.ts';
import { readSecretLine } from '../secret-line.ts';

/** `joinery host secret`: puts the password of a connector's account, or another secret of its parameters, into the vault. */
export function hostSecretCommand(contextFor: ContextFor): Command {
  return withManagedOptions(new Command('secret'))
    .argument('<connector>', 'name of the connector')
    .argument('[parameter]', 'the secret parameter', 'Password')
    .description('Read a secret of a connector from the terminal or a pipe, and keep it encrypted, while no host runs.')
    .addHelpText(
      'after',
      '\nIt is one line, and not shown when it is typed. An empty one takes the secret back.\n\nExample:\n  joinery host secret LDAP Password --home /var/lib/joinery/host < password-file',
    )
    .action(async (connector: string, parameter: string, words: ManagedWords) => {
      const context = contextFor(words);
      const { env, stdin, signal } = context;
      const value = await readSecretLine(stdin, `${parameter} of ${connector}: `, process.stderr, signal);
      const home = homeFolder(words.home, context);
      const name = await storeSecret({ home, connector, parameter, value, registry, random: systemRandom, env });
      context.output.done(
        value === '' ? `${connector} has no secret "${name}" any more.` : `${connector} has a new secret "${name}".`,
        { connector, parameter: name, stored: value !== '' },
      );
    });
}
