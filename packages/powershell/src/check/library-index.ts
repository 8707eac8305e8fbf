import { library } from '../types/library.ts';
import type { NetType } from '../types/net-type.ts';
import { infoOf } from '../types/type-info.ts';

/** Which types of the library have a member of a name. */
export interface Owners {
  readonly methods: readonly NetType[];
  readonly properties: readonly NetType[];
}

const none: Owners = { methods: [], properties: [] };

let index: Map<string, { methods: NetType[]; properties: NetType[] }> | undefined;

/** The types whose instances have a member of a name, in any case. */
export function ownersOf(name: string): Owners {
  index ??= buildIndex();
  return index.get(name.toLowerCase()) ?? none;
}

function buildIndex(): Map<string, { methods: NetType[]; properties: NetType[] }> {
  const built = new Map<string, { methods: NetType[]; properties: NetType[] }>();
  for (const type of library.all()) {
    for (const [name, { kind }] of infoOf(type).members) {
      let owners = built.get(name);
      if (owners === undefined) {
        owners = { methods: [], properties: [] };
        built.set(name, owners);
      }
      owners[kind === 'method' ? 'methods' : 'properties'].push(type);
    }
  }
  return built;
}
