import { renewToken } from '@joinery/host';
import { systemRandom } from '@joinery/runtime';
import { Command } from 'commander';
import type { ContextFor } from '../command-context.ts';
import { homeFolder, type ManagedWords, withManagedOptions } from '../managed-host.ts';

/** `joinery host token`: makes what a connector's callers identify themselves with. */
export function hostTokenCommand(contextFor: ContextFor): Command {
  return withManagedOptions(new Command('token'))
    .argument('<connector>', 'name of the connector')
    .description('Make a new secret token for a connector’s callers and print it once, while no host runs.')
    .addHelpText('after', '\nExample:\n  joinery host token CSV --home /var/lib/joinery/host')
    .action(async (connector: string, words: ManagedWords) => {
      const context = contextFor(words);
      const home = homeFolder(words.home, context);
      const token = await renewToken({ home, connector, random: systemRandom, env: context.env });
      context.output.step(
        `${connector} has a new secret token, which is kept as a hash: this is the only time it is shown.`,
        {
          connector,
        },
      );
      // The last line is the token alone, for scripts and for copying.
      context.output.done(token, { connector, token });
    });
}
