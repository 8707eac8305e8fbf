import { type ImportRun, type ImportStep, parseConfiguration, selectSchema } from '@joinery/connector';
import { ldapConnector } from '@joinery/connector-ldap';
import { silentLogger, systemClock, systemRandom } from '@joinery/runtime';
import { parametersFor } from './import-reader.ts';
import { type Place, pageSize, personAttributes } from './place.ts';

const never = new AbortController().signal;

/** Delta imports, one after the other as a host opens them. */
export interface DeltaReader {
  /** @returns how many objects it told */
  next(): Promise<number>;
  close(): Promise<void>;
}

/** After a full import whose objects nobody stores. */
export async function deltaReader(place: Place): Promise<DeltaReader> {
  const configuration = parseConfiguration(ldapConnector.parameters, parametersFor(place), (name) =>
    name === 'Password' ? place.password : undefined,
  );
  const context = { clock: systemClock, random: systemRandom, logger: silentLogger, folder: process.cwd() };
  const connector = ldapConnector.create(configuration, context);
  const selection = { types: ['inetOrgPerson'], attributes: personAttributes, anchors: ['entryUUID'] };
  const step: ImportStep = { schema: selectSchema(await connector.schema(never), selection), pageSize };
  let { watermark } = await read(await connector.fullImport?.(step, never));
  return {
    next: async () => {
      const told = await read(await connector.deltaImport?.({ ...step, watermark }, never));
      watermark = told.watermark;
      return told.objects;
    },
    close: async () => await connector[Symbol.asyncDispose](),
  };
}

async function read(run: ImportRun | undefined): Promise<{ readonly objects: number; readonly watermark: string }> {
  if (run === undefined) throw new Error('The connector has no such import.');
  let objects = 0;
  for (let more = true; more; ) {
    const { entries, moreToImport } = await run.getEntries(never);
    objects += entries.length;
    more = moreToImport;
  }
  const { watermark } = await run.close('Normal', never);
  if (watermark === undefined) throw new Error('The import has no watermark.');
  return { objects, watermark };
}
