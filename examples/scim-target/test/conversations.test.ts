import { systemClock, systemRandom } from '@joinery/runtime';
import { afterAll, beforeAll, describe } from 'vitest';
import { overHttp } from '../../../testing/scim-conversations/over-http.ts';
import { replaySuite } from '../../../testing/scim-conversations/replay.ts';
import { temporaryRoot } from '../../../testing/temporary-root.ts';
import { type StoreName, startTarget, type Target } from '../src/index.ts';

/** Stores that nothing else replays the conversations on; the one in memory is tested where it is made. */
const stores: readonly StoreName[] = ['sqlite'];
const runs = stores.flatMap((store) => [{ store, profile: 'entra' } as const, { store, profile: 'strict' } as const]);

describe.each(runs)('S-142 S-143 the target over $store, profile $profile', ({ store, profile }) => {
  let target: Target;
  beforeAll(async () => {
    target = await startTarget({
      store,
      users: 20,
      port: 0,
      profile,
      clock: systemClock,
      random: systemRandom,
      temporaryFolder: temporaryRoot(),
      signal: new AbortController().signal,
    });
  });
  afterAll(() => target.close());
  for (const suite of ['entra-validator', 'gallery-onboarding', 'scim2-tester'] as const) {
    replaySuite(suite, { profile, open: async () => overHttp(target.base, target.token, fetch) });
  }
});
