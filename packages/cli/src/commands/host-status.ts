import type { ConnectorAnswer } from '@joinery/host';
import { systemClock } from '@joinery/runtime';
import { Command } from 'commander';
import type { ContextFor } from '../command-context.ts';
import { type ManagedWords, managedHost, withManagedOptions } from '../managed-host.ts';
import { objectName } from '../object-name.ts';
import type { Output } from '../output.ts';
import { outcomeOf } from '../print-run.ts';

/** `joinery host status`: what the host that runs on a folder is doing, connector by connector. */
export function hostStatusCommand(contextFor: ContextFor): Command {
  return withManagedOptions(new Command('status'))
    .argument('[connector]', 'name of one connector; all of them when it is left out')
    .description('Show what the running host and its connectors are doing, and what waits for a person.')
    .addHelpText('after', '\nExample:\n  joinery host status CSV --home /var/lib/joinery/host')
    .action(async (name: string | undefined, words: ManagedWords) => {
      const context = contextFor(words);
      const host = await managedHost(words, context);
      const { url } = await host.status(context.signal);
      const connectors =
        name === undefined
          ? (await host.status(context.signal)).connectors
          : [await host.connector(name, context.signal)];
      for (const connector of connectors) print(context.output, connector);
      context.output.done(`The connector host answers on ${url}.`, { url, connectors: connectors.length });
    });
}

function print(output: Output, connector: ConnectorAnswer): void {
  const { name, state, objects, problem, running, lastImport, waitingWrites } = connector;
  if (problem !== undefined) output.warn(`${name}: failed: ${problem.message} ${problem.fix}`, { ...connector });
  else {
    const now =
      running === undefined ? '' : `; a run of ${running.profile} has read ${running.objects} objects (${running.why})`;
    const last =
      lastImport === undefined
        ? '; never imported'
        : `; last import ${outcomeOf(lastImport)}, ${ago(lastImport.endedAt)}`;
    const waiting = waitingWrites === 0 ? '' : `; ${waitingWrites} writes wait`;
    output.step(`${name}: ${state}, ${objects} objects${now}${last}${waiting}`, { ...connector });
  }
  for (const sentence of needsPerson(connector)) output.warn(`${name}: ${sentence}`, { connector: name });
}

/** What goes no further without an administrator. */
function* needsPerson({
  name,
  readOnly,
  lastImport,
  inDoubt,
  passwordUnknown,
  warnings,
}: ConnectorAnswer): Generator<string> {
  if (readOnly === 'connector') yield `it is read-only; "joinery host read-only off ${name}" lets it write again.`;
  if (readOnly === 'host') yield 'the host is read-only; "joinery host read-only off" lets it write again.';
  if (readOnly === 'unreadable')
    yield 'nothing is written, because the read-only switches cannot be read; set them anew.';
  if (lastImport?.outcome === 'heldBack') {
    yield `${lastImport.detail ?? 'The last import was held back.'} If that is right: "joinery host accept ${name}".`;
    const examples = lastImport.held.flatMap((reason) => reason.examples);
    if (examples.length > 0) yield `e.g. ${examples.slice(0, 20).map(objectName).join(', ')}`;
  } else if (lastImport?.outcome === 'failed')
    yield `the last import failed: ${lastImport.detail ?? 'it does not say why.'}`;
  const uncertain = inDoubt.filter((write) => write.state === 'uncertain').length;
  if (uncertain > 0) yield `${uncertain} writes have no known outcome; "joinery host doubts ${name}" lists them.`;
  if (passwordUnknown.length > 0) {
    yield `${passwordUnknown.length} created objects may have no password; "joinery host passwords ${name}" lists them.`;
  }
  yield* warnings;
}

function ago(time: number): string {
  const minutes = Math.max(0, Math.round((systemClock.now() - time) / 60_000));
  if (minutes === 1) return 'a minute ago';
  if (minutes < 120) return `${minutes} minutes ago`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours ago` : `${Math.round(hours / 24)} days ago`;
}
