import { type Connector, parseConfiguration, selectSchema } from '@joinery/connector';
import { ldapConnector } from '@joinery/connector-ldap';
import { silentLogger, systemClock, systemRandom } from '@joinery/runtime';
import { expect, onTestFinished, test } from 'vitest';
import { apacheds } from '../../../../../testing/directories/directories.ts';
import type { Directory } from '../../../../../testing/directories/directory.ts';
import { parametersFor } from './hosted.ts';

const { signal } = new AbortController();

function create(server: Directory, raw: Readonly<Record<string, unknown>>): Connector {
  const secret = (name: string): string | undefined => (name === 'Password' ? server.admin.password : undefined);
  const all = { ...parametersFor(server, server.suffix), ...raw };
  const configuration = parseConfiguration(ldapConnector.parameters, all, secret);
  const context = { clock: systemClock, random: systemRandom, logger: silentLogger, folder: '/' };
  const connector = ldapConnector.create(configuration, context);
  onTestFinished(() => connector[Symbol.asyncDispose]());
  return connector;
}

test('L46 ApacheDS keeps no change log: a delta import is refused with the reason, and a full one ends without a watermark', async () => {
  const connector = create(await apacheds(), {});
  const schema = selectSchema(await connector.schema(signal), { types: ['inetOrgPerson'], attributes: ['cn'] });
  const step = { schema, pageSize: 100 };
  await expect(connector.deltaImport?.({ ...step, watermark: 'x' }, signal)).rejects.toMatchObject({
    code: 'CONNECTOR_WATERMARK_INVALID',
    detail: expect.stringContaining('keeps no change log'),
  });
  const run = await connector.fullImport?.(step, signal);
  while ((await run?.getEntries(signal))?.moreToImport === true);
  expect(await run?.close('Normal', signal)).toEqual({});
});

test('who wants no delta imports has none to offer', async () => {
  expect(create(await apacheds(), { 'Delta Strategy': 'None' }).deltaImport).toBeUndefined();
});
