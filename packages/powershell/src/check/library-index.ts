import { library } from '../types/library.ts';
import type { NetType } from '../types/net-type.ts';
import { infoOf } from '../types/type-info.ts';

let index: Map<string, NetType[]> | undefined;

/** The types whose instances have a method of a name, in any case: the library's, and those that a host program registers. */
export function methodOwners(name: string, registered: readonly NetType[]): readonly NetType[] {
  index ??= buildIndex();
  const folded = name.toLowerCase();
  const own = registered.filter((type) => infoOf(type).members.get(folded)?.kind === 'method');
  return [...(index.get(folded) ?? []), ...own];
}

function buildIndex(): Map<string, NetType[]> {
  const built = new Map<string, NetType[]>();
  for (const type of library.all()) {
    for (const [name, { kind }] of infoOf(type).members) {
      if (kind !== 'method') continue;
      const owners = built.get(name);
      if (owners === undefined) built.set(name, [type]);
      else owners.push(type);
    }
  }
  return built;
}
