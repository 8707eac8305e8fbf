import { importOnce } from '@joinery/host';
import { isProblem, type Problem, problem } from '@joinery/problems';
import { Command } from 'commander';
import type { ContextFor } from '../command-context.ts';
import { type HostWords, hostOptions, withHostOptions } from '../host-options.ts';

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
        importOnce(
          {
            ...hostOptions(words, { output, ...context }, 'asked'),
            connector,
            acceptLosses: words.acceptDeletes === true,
          },
          context.signal,
        ),
      );
      if (report.problem !== undefined) throw notTaken(report.problem, connector);
      const { adds, updates, deletes, unchanged, failed } = report;
      for (const error of report.errors) {
        output.warn(`${error.object}: ${error.code}: ${error.detail}`, { connector, ...error });
      }
      const counts = { adds, updates, deletes, unchanged, failed };
      const sentence = `${connector}: ${adds} added, ${updates} changed, ${deletes} gone, ${unchanged} as before, ${failed} with errors.`;
      if (failed === 0) {
        output.done(sentence, { connector, ...counts });
        return;
      }
      output.step(sentence, { connector, ...counts });
      throw problem('CLI_IMPORT_ERRORS', `${failed} objects cannot be used; the others are taken over.`, {
        place: connector,
      });
    });
}

/** An import that was held back can be asked for; every other problem says for itself what to do. */
function notTaken(reason: Problem, connector: string): Problem {
  if (!isProblem(reason, 'HOST_IMPORT_HELD_BACK')) return reason;
  return problem('HOST_IMPORT_HELD_BACK', reason.detail, {
    place: connector,
    fix: 'Look at the target. If the objects are really gone, run the import again with --accept-deletes.',
  });
}
