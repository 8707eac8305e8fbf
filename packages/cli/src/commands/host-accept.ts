import { Command } from 'commander';
import type { ContextFor } from '../command-context.ts';
import { type ManagedWords, managedHost, withManagedOptions } from '../managed-host.ts';
import { faultOf, finishRun } from '../print-run.ts';

/** `joinery host accept`: takes over the import that was held back. */
export function hostAcceptCommand(contextFor: ContextFor): Command {
  return withManagedOptions(new Command('accept'))
    .argument('<connector>', 'name of the connector')
    .description('Accept the import that was held back: it is run again and taken over, unless it would now lose more.')
    .addHelpText('after', '\nExample:\n  joinery host accept CSV')
    .action(async (connector: string, words: ManagedWords) => {
      const context = contextFor(words);
      const host = await managedHost(words, context);
      const run = await context.output.during(`Importing ${connector}`, (say) =>
        host.accept(connector, (objects) => say(`Importing ${connector}: ${objects} objects`), context.signal),
      );
      const again = `look at what is new and run "joinery host accept ${connector}" again`;
      finishRun(context.output, connector, run, faultOf(run, connector, again));
    });
}
