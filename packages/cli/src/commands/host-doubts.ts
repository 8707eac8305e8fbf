import { Command } from 'commander';
import type { ContextFor } from '../command-context.ts';
import { type ManagedWords, managedHost, withManagedOptions } from '../managed-host.ts';
import { objectName } from '../object-name.ts';

/** `joinery host doubts`: the writes of a connector whose outcome is not known. */
export function hostDoubtsCommand(contextFor: ContextFor): Command {
  return withManagedOptions(new Command('doubts'))
    .argument('<connector>', 'name of the connector')
    .description(
      'List the writes without a known outcome. The host decides those in doubt; uncertain ones wait for you.',
    )
    .addHelpText('after', '\nExample:\n  joinery host doubts CSV')
    .action(async (connector: string, words: ManagedWords) => {
      const context = contextFor(words);
      const host = await managedHost(words, context);
      const { inDoubt } = await host.connector(connector, context.signal);
      for (const write of inDoubt) {
        const object = write.id === null ? 'a new object' : objectName(write.id);
        const password = write.passwordPending ? ', with a password' : '';
        context.output.step(`${write.identifier}  ${write.state}: ${object}${password}`, { connector, ...write });
      }
      context.output.done(`${inDoubt.length} writes of ${connector} have no known outcome.`, {
        connector,
        writes: inDoubt.length,
      });
    });
}

/** `joinery host forget`: a person knows what became of a write. */
export function hostForgetCommand(contextFor: ContextFor): Command {
  return withManagedOptions(new Command('forget'))
    .argument('<connector>', 'name of the connector')
    .argument('<write>', 'identifier of the write, as "host doubts" lists it')
    .description('Take a write out of those without an outcome, once you have looked at the object in the target.')
    .addHelpText('after', '\nExample:\n  joinery host forget CSV 0c7d5e1e-0d1f-4b8e-9a51-2f9f6a0c1b3d')
    .action(async (connector: string, write: string, words: ManagedWords) => {
      const context = contextFor(words);
      const host = await managedHost(words, context);
      await host.forgetDoubt(connector, write, context.signal);
      context.output.done(`The write ${write} of ${connector} counts as looked after.`, { connector, write });
    });
}
