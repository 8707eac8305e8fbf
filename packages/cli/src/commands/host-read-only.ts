import type { ConnectorAnswer, ManageClient } from '@joinery/host';
import { problem } from '@joinery/problems';
import { Command } from 'commander';
import type { ContextFor } from '../command-context.ts';
import { type ManagedWords, managedHost, withManagedOptions } from '../managed-host.ts';

/** `joinery host read-only`: keeps the host, or one connector, from writing to its target. */
export function hostReadOnlyCommand(contextFor: ContextFor): Command {
  return withManagedOptions(new Command('read-only'))
    .argument('<state>', 'on or off')
    .argument('[connector]', 'name of one connector; the whole host when it is left out')
    .description('Keep the host or a connector from writing to its target, through restarts; imports go on.')
    .addHelpText('after', '\nExample:\n  joinery host read-only on CSV')
    .action(async (state: string, connector: string | undefined, words: ManagedWords) => {
      const context = contextFor(words);
      if (state !== 'on' && state !== 'off') {
        throw problem('CLI_USAGE', `"${state}" is neither on nor off.`, { place: 'read-only' });
      }
      const host = await managedHost(words, context);
      await context.output.during('Waiting for the writes on their way', () =>
        host.setReadOnly(connector, state === 'on', context.signal),
      );
      const who = connector === undefined ? 'The host' : `The connector ${connector}`;
      const still = state === 'on' ? [] : await stillReadOnly(host, connector, context.signal);
      for (const { name, readOnly } of still) {
        const own = readOnly === 'connector' ? ` ${name}` : '';
        const sentence = `${name} stays read-only; "joinery host read-only off${own}" lets it write again.`;
        context.output.warn(sentence, { connector: name, readOnly });
      }
      const off = still.length === 0 ? `${who} may write again.` : `The switch of ${connector ?? 'the host'} is off.`;
      const sentence = state === 'on' ? `${who} is read-only.` : off;
      context.output.done(sentence, { readOnly: state === 'on', ...(connector === undefined ? {} : { connector }) });
    });
}

/** What another switch keeps from writing: the host's, or a connector's own. */
async function stillReadOnly(
  host: ManageClient,
  connector: string | undefined,
  signal: AbortSignal,
): Promise<readonly ConnectorAnswer[]> {
  const { connectors } = await host.status(signal);
  return connectors.filter(
    ({ name, readOnly }) => readOnly !== undefined && (connector === undefined || name === connector),
  );
}
