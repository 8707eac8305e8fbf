import { checkHost } from '@joinery/host';
import { problem, toSentence } from '@joinery/problems';
import { Command } from 'commander';
import type { ContextFor } from '../command-context.ts';
import { type HostWords, hostOptions, withHostOptions } from '../host-options.ts';

/** `joinery host check`: reads a home folder as a start would, reaches every target, and changes nothing. */
export function hostCheckCommand(contextFor: ContextFor): Command {
  return withHostOptions(new Command('check'))
    .description('Check configuration, certificate and targets of a host’s folder; changes nothing.')
    .addHelpText('after', '\nExample:\n  joinery host check --home /var/lib/joinery/host')
    .action(async (words: HostWords) => {
      const { output, ...context } = contextFor(words);
      const checks = await output.during('Reaching the targets', () =>
        checkHost(hostOptions(words, { output, ...context }, 'asked'), context.signal),
      );
      for (const { name, target, problems, warnings } of checks) {
        if (problems.length === 0)
          output.step(`${name}: ${target?.summary ?? 'ready'}`, { connector: name, ...target?.facts });
        for (const each of warnings) output.warn(`${name}: ${each}`, { connector: name, warning: each });
        for (const each of problems) {
          output.warn(`${name}: ${toSentence(each)}`, { connector: name, code: each.code });
        }
      }
      const failing = checks.filter(({ problems }) => problems.length > 0).length;
      if (failing > 0) {
        throw problem('CLI_CHECK_FAILED', `${failing} of ${checks.length} connectors cannot serve as they are.`);
      }
      output.done(
        checks.length === 0 ? 'The folder holds no connector yet.' : `${checks.length} connectors are ready.`,
        {
          connectors: checks.length,
        },
      );
    });
}
