import { isAtOrBelow } from '@joinery/connector';
import { searchTextEntry } from '../../detection/search-text-entry.ts';
import { everything } from '../../protocol/filter/build.ts';
import type { Beginning } from './delta-reader.ts';
import { timeOf } from './stamps.ts';

/** From `contextCSN`, `20261121002139.721354Z#000000#000#000000`, of what is read; undefined where no overlay keeps it. */
export async function timeOfLastWrite({ context, connection, scopes, signal }: Beginning): Promise<number | undefined> {
  const contexts = context.profile.namingContexts.filter((dn) => scopes.some(({ base }) => isAtOrBelow(base, dn)));
  let latest: number | undefined;
  for (const dn of contexts) {
    const query = { dn, filter: everything, attributes: ['contextCSN'] };
    const { attributes } = await searchTextEntry(connection, query, signal);
    for (const number of attributes?.get('contextcsn') ?? []) {
      const time = timeOf(number);
      if (time !== undefined && (latest === undefined || time > latest)) latest = time;
    }
  }
  return latest;
}
