import { systemClock, systemRandom } from '@joinery/runtime';
import { describe } from 'vitest';
import { temporaryFolder } from '../../../testing/folder.ts';
import { overHttp } from '../../../testing/scim-conversations/over-http.ts';
import { replaySuite } from '../../../testing/scim-conversations/replay.ts';
import { shared } from '../../../testing/shared.ts';
import { type StoreName, startTarget } from '../src/index.ts';

/** Stores that nothing else replays the conversations on; the one in memory is tested where it is made. */
const stores: readonly StoreName[] = ['sqlite'];
const runs = stores.flatMap((store) => [{ store, profile: 'entra' } as const, { store, profile: 'strict' } as const]);

describe.each(runs)('S-142 S-143 the target over $store, profile $profile', ({ store, profile }) => {
  const server = shared(async (later) => {
    const target = await startTarget({
      store,
      users: 20,
      port: 0,
      databaseUrl: undefined,
      profile,
      clock: systemClock,
      random: systemRandom,
      temporaryFolder: await temporaryFolder(later),
      signal: new AbortController().signal,
    });
    later(() => target.close());
    return overHttp(target.base, target.token, fetch);
  });
  for (const suite of ['entra-validator', 'gallery-onboarding', 'scim2-tester'] as const) {
    replaySuite(suite, { profile, open: async () => server() });
  }
});
