import { silentLogger, systemClock, systemRandom } from '@joinery/runtime';
import { createScimClient } from '@joinery/scim';
import type { Database } from '@joinery/store';
import { type CycleResult, runCycle } from '../../src/index.ts';
import { TestDirectory } from './directory.ts';
import { person } from './person.ts';

export const faultJob = { tenantId: 'tenant', jobId: 'scim.tenant.1' } as const;

/**
 * One cycle over the same people in whichever process; the first `leavers` of them are unassigned, which the feed shows.
 * @param base of the target
 */
export function oneRun(database: Database, base: string, people: number, leavers: number): Promise<CycleResult> {
  const source = new TestDirectory();
  for (let number = 0; number < people; number++) source.put(idOf(number), person(idOf(number)));
  for (let number = 0; number < leavers; number++) source.put(idOf(number), { assigned: false });
  return runCycle(faultJob, {
    database,
    source,
    target: createScimClient({ base, fetch, token: () => 'secret' }),
    clock: systemClock,
    random: systemRandom,
    logger: silentLogger,
    signal: new AbortController().signal,
  });
}

function idOf(number: number): string {
  return `p${String(number).padStart(4, '0')}`;
}
