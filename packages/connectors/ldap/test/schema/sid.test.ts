import { parseConfiguration, selectSchema } from '@joinery/connector';
import { seededRandom } from '@joinery/runtime';
import { expect, test } from 'vitest';
import { samba } from '../../../../../testing/directories/directories.ts';
import { sidText } from '../../src/import/sid.ts';
import { ldapConnector } from '../../src/index.ts';
import { parts } from '../connection/settings.ts';
import { reaching } from './offering.ts';

test('a security identifier is text as Windows writes it; what is none is shown in digits', () => {
  const text = (hex: string): string => sidText(Buffer.from(hex, 'hex'));
  expect(text('010500000000000515000000dcf4dc3b833d2b46828ba62800020000')).toBe(
    'S-1-5-21-1004336348-1177238915-682003330-512',
  );
  expect(text('0101000000000000')).toBe('0101000000000000');
  expect(text('01000000000000050a')).toBe('01000000000000050a');
  expect(text('0100123456789abc')).toBe('S-1-0x123456789ABC');
});

test('Samba’s objectSid is offered, read and found as text', async () => {
  const server = await samba();
  const configuration = parseConfiguration(ldapConnector.parameters, reaching(server), (name) =>
    name === 'Password' ? server.admin.password : undefined,
  );
  await using connector = ldapConnector.create(configuration, { ...parts(), random: seededRandom(1) });
  const signal = AbortSignal.timeout(20_000);
  const schema = selectSchema(await connector.schema(signal), {
    types: ['user'],
    attributes: ['objectGUID', 'sAMAccountName', 'objectSid'],
  });
  const find = (attribute: string, value: string) =>
    connector.lookup?.({ schema, objectType: 'user', attribute, value }, signal);
  const [found] = (await find('sAMAccountName', 'Administrator')) ?? [];
  const sid = found?.attributeChanges.find(({ name }) => name === 'objectSid')?.valueChanges[0]?.value;
  // The number of this account is the same in every domain.
  expect(sid).toMatch(/^S-1-5-21-\d+-\d+-\d+-500$/);
  expect((await find('objectSid', String(sid)))?.map(({ dn }) => dn)).toEqual([found?.dn]);
});
