import type { ResourceType, ScimStorage } from '@joinery/scim';
import type { GivenIds } from './given-ids.ts';
import { person, personId } from './people.ts';

/** Users made between two looks at what else there is to do. */
const batch = 1_000;

/** Makes people 1 to `count` one by one, as if clients had sent them. @param ids the source that the storage takes ids from */
export async function preload(
  storage: ScimStorage,
  type: ResourceType,
  count: number,
  ids: GivenIds,
  signal: AbortSignal,
): Promise<void> {
  for (let n = 1; n <= count; n += 1) {
    if (n % batch === 0) await new Promise<void>((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
    ids.give(personId(n));
    await storage.create(type, person(n), { signal });
  }
}
