import { importOnce, type ManageClient, type RunAnswer, type RunReport } from '@joinery/host';
import { isProblem, toJsonError } from '@joinery/problems';
import { Command } from 'commander';
import type { CommandContext, ContextFor } from '../command-context.ts';
import { type HostWords, hostOptions, withHostOptions } from '../host-options.ts';
import { managedHost } from '../managed-host.ts';
import { faultOf, finishRun } from '../print-run.ts';

/** `joinery host import`: one full import into the connector space, by the host that runs, or by itself where none does. */
export function hostImportCommand(contextFor: ContextFor): Command {
  return withHostOptions(new Command('import'))
    .argument('<connector>', 'name of the connector')
    .option('--accept-losses', 'take the import over although the guard holds it back')
    .description('Run one full import of a connector into its space; a host need not run.')
    .addHelpText('after', '\nExample:\n  joinery host import CSV --home /var/lib/joinery/host')
    .action(async (connector: string, words: HostWords) => {
      const context = contextFor(words);
      const acceptLosses = words.acceptLosses === true;
      const host = await runningHost(words, context);
      const run = await context.output.during(`Importing ${connector}`, async (say) => {
        if (host === undefined) {
          const options = { ...hostOptions(words, context, 'asked'), connector, acceptLosses };
          return answerOf(await importOnce(options, context.signal));
        }
        const progress = (objects: number): void => say(`Importing ${connector}: ${objects} objects`);
        const report = await host.run(connector, 'full', progress, context.signal);
        return report.outcome === 'heldBack' && acceptLosses
          ? await host.accept(connector, progress, context.signal)
          : report;
      });
      finishRun(context.output, connector, run, faultOf(run, connector, 'run the import again with --accept-losses'));
    });
}

/** The host that runs on the folder; undefined when none does, also where one was killed. */
async function runningHost({ home }: HostWords, context: CommandContext): Promise<ManageClient | undefined> {
  try {
    const host = await managedHost(typeof home === 'string' ? { home } : {}, context);
    await host.status(context.signal);
    return host;
  } catch (error) {
    if (isProblem(error, 'HOST_NOT_RUNNING')) return undefined;
    throw error;
  }
}

/** What the running host would have answered. */
function answerOf({ problem, before: _, ...report }: RunReport): RunAnswer {
  return { ...report, ...(problem === undefined ? {} : { problem: toJsonError(problem) }) };
}
