import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { ALIASES_PER_PAGE, type Alias } from '@joinery/host';
import { problem } from '@joinery/problems';
import { Command } from 'commander';
import type { ContextFor } from '../command-context.ts';
import { type ManagedWords, managedHost, withManagedOptions } from '../managed-host.ts';

/** `joinery host aliases`: what renamed objects are called, a line each, for a backup or a twin. */
export function hostAliasesCommand(contextFor: ContextFor): Command {
  return withManagedOptions(new Command('aliases'))
    .argument('<connector>', 'name of the connector')
    .description('Print the ids of objects whose anchor has changed, one JSON object a line, for another host.')
    .addHelpText('after', '\nExample:\n  joinery host aliases LDAP --json > aliases.ndjson')
    .action(async (connector: string, words: ManagedWords) => {
      const context = contextFor(words);
      const host = await managedHost(words, context);
      let count = 0;
      for await (const { identity, id } of host.aliases(connector, context.signal)) {
        context.output.step(JSON.stringify({ identity, id }), { identity, id });
        count += 1;
      }
      context.output.done(`${count} aliases of ${connector}.`, { connector, aliases: count });
    });
}

/** `joinery host take-aliases`: takes over what another host printed. */
export function hostTakeAliasesCommand(contextFor: ContextFor): Command {
  return withManagedOptions(new Command('take-aliases'))
    .argument('<connector>', 'name of the connector')
    .argument('<file>', 'what "host aliases" printed on the other host')
    .description('Take over the ids of renamed objects from another host; the next full import uses them.')
    .addHelpText('after', '\nExample:\n  joinery host take-aliases LDAP aliases.ndjson')
    .action(async (connector: string, file: string, words: ManagedWords) => {
      const context = contextFor(words);
      const host = await managedHost(words, context);
      const path = resolve(context.workingFolder, file);
      let count = 0;
      let page: Alias[] = [];
      const send = async (): Promise<void> => {
        if (page.length > 0) await host.takeAliases(connector, page, context.signal);
        count += page.length;
        page = [];
      };
      for await (const alias of aliasesOf(path)) {
        if (page.push(alias) === ALIASES_PER_PAGE) await send();
      }
      await send();
      context.output.done(`${count} aliases are taken over; run "joinery host run ${connector}" to use them at once.`, {
        connector,
        aliases: count,
      });
    });
}

/** @throws CLI_USAGE for a line that is none of what "host aliases" prints, with its number */
async function* aliasesOf(path: string): AsyncGenerator<Alias> {
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (!line.startsWith('{')) continue;
    const said = parsed(line, `${path}:${number}`);
    if (typeof said !== 'object' || said === null) continue;
    if (!('identity' in said) || !('id' in said)) continue;
    yield { identity: String(said.identity), id: String(said.id) };
  }
}

function parsed(line: string, place: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw problem('CLI_USAGE', 'The line is not JSON.', { place, cause: error });
  }
}
