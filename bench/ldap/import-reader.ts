import { type ImportRun, parseConfiguration, selectSchema } from '@joinery/connector';
import { ldapConnector } from '@joinery/connector-ldap';
import { boundHeapGrowth, silentLogger, systemClock, systemRandom } from '@joinery/runtime';
import { type Place, pageSize, personAttributes, type Reader } from './place.ts';

const never = new AbortController().signal;

/** The parameters of a connector that reads there; its password goes apart. */
export function parametersFor({ host, port, encrypted, caFile, user, base }: Place): Record<string, string> {
  return {
    Host: host,
    Port: String(port),
    Binding: encrypted ? 'SSL' : 'Basic',
    'CA File': caFile,
    'User Name': user,
    Containers: base,
    'Auxiliary Classes': 'inetOrgPerson=posixAccount',
    'Allow manual anchor selection': '1',
  };
}

/** Reads everybody as a host's full import does, page by page, and stores nobody. */
export async function importReader(place: Place): Promise<Reader> {
  const configuration = parseConfiguration(ldapConnector.parameters, parametersFor(place), (name) =>
    name === 'Password' ? place.password : undefined,
  );
  const context = { clock: systemClock, random: systemRandom, logger: silentLogger, folder: process.cwd() };
  const connector = ldapConnector.create(configuration, context);
  const schema = selectSchema(await connector.schema(never), {
    types: ['inetOrgPerson'],
    attributes: personAttributes,
    anchors: ['entryUUID'],
  });
  return {
    read: async () => {
      const run = await connector.fullImport?.({ schema, pageSize }, never);
      if (run === undefined) throw new Error('The connector has no full import.');
      return await readAll(run).finally(boundHeapGrowth());
    },
    close: async () => await connector[Symbol.asyncDispose](),
  };
}

async function readAll(run: ImportRun): Promise<number> {
  let count = 0;
  for (let more = true; more; ) {
    const { entries, moreToImport } = await run.getEntries(never);
    count += entries.length;
    more = moreToImport;
  }
  await run.close('Normal', never);
  return count;
}
