import { startHost } from '@joinery/host';
import { toSentence } from '@joinery/problems';
import { checkArmedFailPoint } from '@joinery/runtime';
import { Command } from 'commander';
import type { ContextFor } from '../command-context.ts';
import { type HostWords, hostOptions, withHostOptions } from '../host-options.ts';
import { aborted } from '../wait.ts';

/** `joinery host start`: serves the connectors of a home folder until it is told to stop. */
export function hostStartCommand(contextFor: ContextFor): Command {
  return withHostOptions(new Command('start'))
    .description('Start the connector host on its folder and serve until SIGINT or SIGTERM.')
    .addHelpText('after', '\nExample:\n  joinery host start --home /var/lib/joinery/host --port 8585')
    .action(async (words: HostWords) => {
      const context = contextFor(words);
      checkArmedFailPoint();
      const host = await startHost(hostOptions(words, context, 'always'));
      try {
        for (const { name, state, problem } of host.connectors) {
          if (problem === undefined)
            context.output.step(`${name}: ${host.urlOf(name)}`, { connector: name, state, url: host.urlOf(name) });
          else
            context.output.warn(`${name}: ${toSentence(problem)}`, {
              connector: name,
              state,
              code: problem.code,
            });
        }
        context.output.step(`The connector host answers on ${host.url}.`, { url: host.url });
        await aborted(context.signal);
      } finally {
        await host.close();
      }
      context.output.done('The connector host has stopped.');
    });
}
