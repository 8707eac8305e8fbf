import { importOnce } from '@joinery/host';
import { problem } from '@joinery/problems';
import { Command } from 'commander';
import { type HostWords, hostOptions, withHostOptions } from '../host-options.ts';
import type { ContextFor } from '../run-cli.ts';

/** `joinery host import`: one full import into the connector space, without serving. */
export function hostImportCommand(contextFor: ContextFor): Command {
  return withHostOptions(new Command('import'))
    .argument('<connector>', 'name of the connector')
    .option('--accept-deletes', 'take the import over although it would delete more than the guard allows')
    .description('Run one full import of a connector into its space, while no host runs on the folder.')
    .addHelpText('after', '\nExample:\n  joinery host import CSV --home /var/lib/joinery/host')
    .action(async (connector: string, words: HostWords) => {
      const { output, ...context } = contextFor(words);
      const report = await output.during(`Importing ${connector}`, () =>
        importOnce({
          ...hostOptions(words, { output, ...context }),
          connector,
          acceptDeletes: words.acceptDeletes === true,
        }),
      );
      const { outcome, adds, updates, deletes, unchanged, failed, detail } = report;
      if (outcome !== 'finished' && outcome !== 'finishedWithErrors') {
        throw problem('CLI_IMPORT_NOT_TAKEN', `The import ended as ${outcome}: ${detail ?? 'no reason was given'}`, {
          place: connector,
        });
      }
      for (const error of report.errors) {
        output.warn(`${error.object}: ${error.code}: ${error.detail}`, { connector, ...error });
      }
      output.done(
        `${connector}: ${adds} added, ${updates} changed, ${deletes} gone, ${unchanged} as before, ${failed} with errors.`,
        { connector, adds, updates, deletes, unchanged, failed },
      );
    });
}
