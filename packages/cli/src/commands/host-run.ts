import { RUN_PROFILES } from '@joinery/host';
import { problem } from '@joinery/problems';
import { Command } from 'commander';
import type { ContextFor } from '../command-context.ts';
import { type ManagedWords, managedHost, withManagedOptions } from '../managed-host.ts';
import { faultOf, finishRun } from '../print-run.ts';

interface Words extends ManagedWords {
  readonly profile: string;
}

/** `joinery host run`: one import of a connector of the host that runs. */
export function hostRunCommand(contextFor: ContextFor): Command {
  return withManagedOptions(new Command('run'))
    .argument('<connector>', 'name of the connector')
    .option('--profile <name>', `run profile: ${RUN_PROFILES.join(', ')}`, 'full')
    .description('Run an import now, in the running host, and wait for its end.')
    .addHelpText('after', '\nExample:\n  joinery host run CSV --profile delta')
    .action(async (connector: string, words: Words) => {
      const context = contextFor(words);
      const profile = RUN_PROFILES.find((name) => name === words.profile);
      if (profile === undefined) {
        throw problem('CLI_USAGE', `"${words.profile}" is none of the run profiles ${RUN_PROFILES.join(', ')}.`, {
          place: '--profile',
        });
      }
      const host = await managedHost(words, context);
      const run = await context.output.during(`Importing ${connector}`, (say) =>
        host.run(connector, profile, (objects) => say(`Importing ${connector}: ${objects} objects`), context.signal),
      );
      finishRun(context.output, connector, run, faultOf(run, connector, `run "joinery host accept ${connector}"`));
    });
}
