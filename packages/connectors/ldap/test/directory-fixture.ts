import { type AttributeValue, dnKey, parseConfiguration, selectSchema } from '@joinery/connector';
import type { ContractFixture, ContractObject, ContractTarget } from '@joinery/connector/contract-tests';
import { ldapConnector } from '@joinery/connector-ldap';
import { silentLogger, systemClock, systemRandom } from '@joinery/runtime';
import {
  deleteTree,
  ldapadd,
  ldapmodify,
  ldapsearch,
  type SearchedEntry,
} from '../../../../testing/directories/commands.ts';
import type { OpenLdap } from '../../../../testing/directories/slapd.ts';

/** The server, as the test file hands it to this module also where another process loads it. */
const SERVER = 'JOINERY_CONTRACT_DIRECTORY';

/** Called by the test file before anything else of this module is used. */
export function useServer(server: OpenLdap): void {
  process.env[SERVER] = JSON.stringify(server);
}

function server(): OpenLdap {
  const text = process.env[SERVER];
  if (text === undefined) throw new Error('No directory server was handed over.');
  const directory: OpenLdap = JSON.parse(text);
  return directory;
}

/** How the people of a fixture are named and told apart. */
export interface Naming {
  /** The container that the pack fills and empties. */
  readonly container: string;
  readonly anchor: 'entryDN' | 'employeeNumber';
}

const classes = ['objectClass: inetOrgPerson', 'objectClass: shadowAccount'];
const selected = ['displayName', 'title', 'description', 'shadowMax'];

/** People of a directory, by the connector to it and by OpenLDAP's own programs. */
export function directoryFixture(module: string, { container, anchor }: Naming): ContractFixture {
  const base = (): string => `ou=${container},${server().suffix}`;
  // The classes need cn, sn and uid, which are not selected: the distinguished name alone brings them.
  const dnOf = (n: number): string => `cn=Person ${n}+sn=Contract+uid=${n},${base()}`;
  const numberOf = (dn: string): number => Number(/cn=person (\d+)/i.exec(dn)?.[1]);
  const attributes = [...selected, ...(anchor === 'employeeNumber' ? [anchor] : [])];

  function connect() {
    const raw = {
      Host: server().host,
      Port: server().ldapsPort,
      Binding: 'SSL',
      'CA File': server().caFile,
      'User Name': server().admin.dn,
      Containers: base(),
      'Auxiliary Classes': 'inetOrgPerson = shadowAccount',
      'Allow manual anchor selection': true,
    };
    const secret = (name: string): string | undefined => (name === 'Password' ? server().admin.password : undefined);
    const context = { clock: systemClock, random: systemRandom, logger: silentLogger, folder: server().folder };
    return ldapConnector.create(parseConfiguration(ldapConnector.parameters, raw, secret), context);
  }

  function objectOf({ dn, attributes: found }: SearchedEntry): ContractObject {
    const values = selected.flatMap(
      (name) => found[name]?.map((value): [string, AttributeValue] => [name, value]) ?? [],
    );
    const named = anchor === 'entryDN' ? dnKey(dn) : found[anchor]?.[0];
    return { anchor: named ?? '', attributes: Object.fromEntries(values) };
  }

  const people = (): Promise<SearchedEntry[]> => ldapsearch(server(), base(), { scope: 'one', attributes: ['*'] });

  const target: ContractTarget = {
    connect,
    schema: async (connector, signal) =>
      selectSchema(await connector.schema(signal), { types: ['inetOrgPerson'], attributes, anchors: [anchor] }),
    read: async () => (await people()).map(objectOf),
    async put(objects) {
      if (objects.length === 0) return;
      const present = new Map((await people()).map((entry) => [objectOf(entry).anchor, entry.dn]));
      const records = objects.map((object) => record(object, present.get(object.anchor)));
      await ldapmodify(server(), records.join('\n'));
    },
    async remove(anchors) {
      const gone = (await people()).filter((entry) => anchors.includes(objectOf(entry).anchor));
      await ldapmodify(server(), gone.map(({ dn }) => `dn: ${dn}\nchangetype: delete\n`).join('\n'));
    },
    async [Symbol.asyncDispose]() {},
  };

  /** An LDIF change record that makes the object, or changes it to be as asked. */
  function record(object: ContractObject, present: string | undefined): string {
    const values: Readonly<Record<string, AttributeValue>> = {
      ...object.attributes,
      ...(anchor === 'employeeNumber' ? { [anchor]: object.anchor } : {}),
    };
    if (present === undefined) {
      const dn = anchor === 'entryDN' ? String(object.anchor) : dnOf(Number(object.anchor));
      const lines = Object.entries(values).map(([name, value]) => line(name, value));
      return [`dn: ${dn}`, 'changetype: add', ...classes, ...lines, ''].join('\n');
    }
    const changes = selected.map((name) =>
      [`replace: ${name}`, ...(values[name] === undefined ? [] : [line(name, values[name])]), '-'].join('\n'),
    );
    return [`dn: ${present}`, 'changetype: modify', ...changes, ''].join('\n');
  }

  return {
    module,
    capabilities: ['fullImport', 'deltaImport', 'export', 'lookup', 'password', 'partitions', 'hierarchy'],
    traits: {
      distinguishedNameStyle: 'Ldap',
      exportType: 'AttributeUpdate',
      exportDuringImport: true,
      batchSize: 100,
      rename: true,
      exportPasswordInFirstPass: false,
    },
    resultForEveryEntry: true,
    objectType: 'inetOrgPerson',
    anchor,
    text: 'displayName',
    badValue: { attribute: 'shadowMax', value: 'perhaps' },
    object: (n) => ({
      anchor: anchor === 'entryDN' ? (dnKey(dnOf(n)) ?? '') : String(n),
      attributes: { displayName: `Person ${n}`, title: 'Engineer', description: `the ${n}th` },
    }),
    dn: (object) => (anchor === 'entryDN' ? dnOf(numberOf(String(object.anchor))) : dnOf(Number(object.anchor))),
    async create() {
      await deleteTree(server(), base());
      await ldapadd(server(), `dn: ${base()}\nobjectClass: organizationalUnit\nou: ${container}\n`);
      return target;
    },
    open: async () => target,
  };
}

function line(name: string, value: AttributeValue): string {
  return `${name}:: ${Buffer.from(String(value)).toString('base64')}`;
}
