import { Command } from 'commander';
import type { ContextFor } from '../command-context.ts';
import { type ManagedWords, managedHost, withManagedOptions } from '../managed-host.ts';
import { objectName } from '../object-name.ts';

/** `joinery host passwords`: created objects of which nobody knows whether their password was set. */
export function hostPasswordsCommand(contextFor: ContextFor): Command {
  return withManagedOptions(new Command('passwords'))
    .argument('<connector>', 'name of the connector')
    .description('List created objects whose password nobody knows to be set; set it in the target, then acknowledge.')
    .addHelpText('after', '\nExample:\n  joinery host passwords CSV')
    .action(async (connector: string, words: ManagedWords) => {
      const context = contextFor(words);
      const host = await managedHost(words, context);
      const { passwordUnknown } = await host.connector(connector, context.signal);
      for (const { id, since } of passwordUnknown) {
        context.output.step(`${objectName(id)}  since ${new Date(since).toISOString()}`, { connector, id, since });
      }
      context.output.done(`${passwordUnknown.length} objects of ${connector} may have no password.`, {
        connector,
        objects: passwordUnknown.length,
      });
    });
}

/** `joinery host acknowledge`: a person has looked after the password of an object. */
export function hostAcknowledgeCommand(contextFor: ContextFor): Command {
  return withManagedOptions(new Command('acknowledge'))
    .argument('<connector>', 'name of the connector')
    .argument('<id>', 'id of the object, as "host passwords" lists it')
    .description('Take an object out of those without a known password, once its password is set.')
    .addHelpText('after', '\nExample:\n  joinery host acknowledge CSV U2lkLTE')
    .action(async (connector: string, id: string, words: ManagedWords) => {
      const context = contextFor(words);
      const host = await managedHost(words, context);
      await host.acknowledgePassword(connector, id, context.signal);
      context.output.done(`The password of ${objectName(id)} counts as looked after.`, { connector, id });
    });
}
