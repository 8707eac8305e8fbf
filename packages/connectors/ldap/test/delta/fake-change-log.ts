import type { Exchange } from '../../../../../testing/directories/exchange.ts';
import { FAKE_ROOT_DSE, FAKE_SCHEMA } from '../../../../../testing/directories/fake-schema.ts';
import { type FakeServer, startFakeServer } from '../../../../../testing/directories/fake-server.ts';

export type Attributes = Readonly<Record<string, readonly string[]>>;
type Search = Extract<Exchange['request'], { kind: 'search' }>;

/** A directory with a change log whose records a test writes, in the shape of any vendor. */
export interface FakeChangeLog {
  readonly server: FakeServer;
  /** By name, as a client spells it. */
  readonly entries: Map<string, Attributes>;
  /** By number; the test may take records away as trimming does. */
  readonly records: Map<number, Attributes>;
  /** What the root DSE says of the log instead of the first and the last of {@link records}. */
  numbers: { readonly first: number; readonly last: number } | undefined;
  /** Searches below the log and below the suffix so far. */
  searches(): readonly Search[];
}

const suffix = 'dc=contoso,dc=lab';

/** @param about the vendor, as its root DSE says it */
export async function fakeChangeLog(
  about: Attributes,
  options: { readonly tellsNumbers?: boolean; readonly attributeTypes?: readonly string[] } = {},
): Promise<FakeChangeLog> {
  const { tellsNumbers = true, attributeTypes = [] } = options;
  const entries = new Map<string, Attributes>([[suffix, { objectClass: ['top', 'organizationalUnit'], ou: ['x'] }]]);
  const records = new Map<number, Attributes>();
  const rootDse = { ...FAKE_ROOT_DSE, changeLog: ['cn=changelog'], ...about };
  const schema = { ...FAKE_SCHEMA, attributeTypes: [...(FAKE_SCHEMA.attributeTypes ?? []), ...attributeTypes] };

  async function answer(exchange: Exchange): Promise<boolean> {
    const { request } = exchange;
    if (request.kind !== 'search') return false;
    const { base, scope } = request;
    if (base === '' && scope === 'base') exchange.entry('', { ...rootDse, ...(tellsNumbers ? numbers() : {}) });
    else if (base === 'cn=changelog') await exchange.entries(logEntries(request));
    else if (base.endsWith(suffix)) return data(exchange, request);
    else return false;
    end(exchange, request);
    return true;
  }

  function numbers(): Attributes {
    const all = [...records.keys()];
    const { first = Math.min(...all), last = Math.max(...all) } = log.numbers ?? {};
    return all.length === 0 && log.numbers === undefined
      ? { firstChangeNumber: ['0'], lastChangeNumber: ['0'] }
      : { firstChangeNumber: [String(first)], lastChangeNumber: [String(last)] };
  }

  function* logEntries({ filter }: Search): Generator<readonly [string, Attributes]> {
    const [, operator, text] = /^\(changeNumber(>=|=)(\d+|\*)\)$/.exec(filter) ?? [];
    for (const [number, record] of records) {
      const isMeant = text === '*' || (operator === '=' ? number === Number(text) : number >= Number(text));
      if (isMeant) yield [`changeNumber=${number},cn=changelog`, { changeNumber: [String(number)], ...record }];
    }
  }

  /** Everybody is a person here, but for what is called after a unit. */
  function data(exchange: Exchange, request: Search): true {
    const { base, scope, filter } = request;
    const isThere = entries.has(base) || [...entries.keys()].some((dn) => dn.endsWith(`,${base}`));
    for (const [dn, attributes] of entries) {
      const isBelow = scope === 'base' ? dn === base : dn === base || dn.endsWith(`,${base}`);
      const isMeant = filter === '(objectClass=*)' || attributes.objectClass?.includes('inetOrgPerson') === true;
      if (isBelow && isMeant) exchange.entry(dn, attributes);
    }
    if (isThere) end(exchange, request);
    else exchange.done(32);
    return true;
  }

  function end(exchange: Exchange, request: Search): void {
    exchange.done(0, request.page === undefined ? {} : { cookie: '' });
  }

  const server = await startFakeServer({ rootDse, schema, answer });
  const log: FakeChangeLog = {
    server,
    entries,
    records,
    numbers: undefined,
    searches: () =>
      server.requests.flatMap((request) =>
        request.kind === 'search' && request.base.toLowerCase() !== 'cn=subschema' ? [request] : [],
      ),
  };
  return log;
}

/** A person as a directory stores one. */
export function somebody(attributes: Attributes = {}): Attributes {
  return {
    objectClass: ['top', 'person', 'organizationalPerson', 'inetOrgPerson'],
    cn: ['x'],
    sn: ['y'],
    ...attributes,
  };
}
