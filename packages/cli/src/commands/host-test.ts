import { checkHost } from '@joinery/host';
import { type Problem, problem, toSentence } from '@joinery/problems';
import { Command } from 'commander';
import type { ContextFor } from '../command-context.ts';
import { type HostWords, hostOptions, withHostOptions } from '../host-options.ts';

/** `joinery host test`: reaches the targets of a home folder as its connectors are configured, and says what they found. */
export function hostTestCommand(contextFor: ContextFor): Command {
  return withHostOptions(new Command('test'))
    .argument('[connector]', 'name of the connector; all of them when it is left out')
    .description(
      'Reach a connector’s target with its configuration and say what is found, while no host runs; changes nothing.',
    )
    .addHelpText('after', '\nExample:\n  joinery host test LDAP --home /var/lib/joinery/host')
    .action(async (connector: string | undefined, words: HostWords) => {
      const { output, ...context } = contextFor(words);
      const options = hostOptions(words, { output, ...context }, 'asked');
      const checks = await output.during('Reaching the targets', () =>
        checkHost(connector === undefined ? options : { ...options, connector }, context.signal),
      );
      for (const { name, target, problems, warnings } of checks) {
        if (target !== undefined) {
          const facts = Object.entries(target.facts).filter(([, value]) => value !== '');
          const width = Math.max(0, ...facts.map(([fact]) => fact.length));
          const lines = facts.map(([fact, value]) => `${fact.padEnd(width)}  ${value}`);
          output.step(`${name}: ${target.summary}`, { connector: name, ...target.facts });
          if (words.json !== true && lines.length > 0) output.block(name, lines.join('\n'));
        }
        for (const each of warnings) output.warn(`${name}: ${each}`, { connector: name, warning: each });
        for (const each of problems.filter(concernsTarget)) {
          output.warn(`${name}: ${toSentence(each)}`, { connector: name, code: each.code });
        }
      }
      const failing = checks.filter(({ problems }) => problems.some(concernsTarget)).length;
      if (failing > 0) {
        throw problem('CLI_CHECK_FAILED', `${failing} of ${checks.length} targets cannot be used as configured.`);
      }
      output.done(
        checks.length === 0
          ? 'The folder holds no connector yet.'
          : `${checks.length} ${checks.length === 1 ? 'target' : 'targets'} can be used.`,
        { connectors: checks.length },
      );
    });
}

/** Whether callers can identify themselves has nothing to do with the target. */
function concernsTarget({ code }: Problem): boolean {
  return code !== 'HOST_CONNECTOR_TOKEN_MISSING';
}
