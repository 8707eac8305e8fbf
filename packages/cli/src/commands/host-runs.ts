import { problem } from '@joinery/problems';
import { Command } from 'commander';
import type { ContextFor } from '../command-context.ts';
import { type ManagedWords, managedHost, withManagedOptions } from '../managed-host.ts';
import { countsOf, kindOf, outcomeOf, printFindings } from '../print-run.ts';

interface Words extends ManagedWords {
  readonly limit: string;
}

/** `joinery host runs`: the run history of a connector. */
export function hostRunsCommand(contextFor: ContextFor): Command {
  return withManagedOptions(new Command('runs'))
    .argument('<connector>', 'name of the connector')
    .option('--limit <number>', 'how many runs to show, newest first', '10')
    .description('Show the latest runs of a connector: why they ran, what they changed, and what they met.')
    .addHelpText('after', '\nExample:\n  joinery host runs CSV --limit 3')
    .action(async (connector: string, words: Words) => {
      const context = contextFor(words);
      const limit = Number(words.limit);
      if (!Number.isSafeInteger(limit) || limit < 1) {
        throw problem('CLI_USAGE', `"${words.limit}" is not a number of runs.`, { place: '--limit' });
      }
      const host = await managedHost(words, context);
      const { runs } = await host.history(connector, limit, context.signal);
      for (const run of runs) {
        const { number, startedAt, endedAt, why, detail } = run;
        const reason = detail === null ? '' : ` ${detail}`;
        context.output.step(
          `${number}  ${new Date(startedAt).toISOString()}  ${kindOf(run)} ${outcomeOf(run)} in ${(endedAt - startedAt) / 1000} s: ${countsOf(run)}. ${why}.${reason}`,
          { connector, run },
        );
        if (words.json !== true) printFindings(context.output, connector, run);
      }
      context.output.done(
        runs.length === 0 ? `${connector} has not run yet.` : `${runs.length} runs of ${connector}.`,
        {
          connector,
          runs: runs.length,
        },
      );
    });
}
