import type { Logger } from '@joinery/runtime';
import { systemClock } from '@joinery/runtime';
import { describe, expect, test } from 'vitest';
import { command, ldapmodify } from '../../../../../testing/directories/commands.ts';
import { openldap } from '../../../../../testing/directories/directories.ts';
import { freshBase } from '../../../../../testing/directories/fresh-base.ts';
import { recordingProxy } from '../../../../../testing/directories/recording-proxy.ts';
import { startSlapd } from '../../../../../testing/directories/slapd.ts';
import { valuesOf } from '../import/directory-under-test.ts';
import { type DeltaUnderTest, readingChanges, readingInClear, type Selected, summary } from './delta-under-test.ts';
import { gone, person, renamed, set, unit } from './ldif.ts';

const people: Selected = { types: ['inetOrgPerson'], attributes: ['cn', 'sn', 'employeeNumber'] };
const byNumber: Selected = { ...people, anchors: ['employeeNumber'] };

async function scene(
  selected: Selected = people,
  options: Parameters<typeof readingChanges>[3] = {},
): Promise<{ base: string; target: DeltaUnderTest; change: (...records: readonly string[]) => Promise<void> }> {
  const server = await openldap();
  const base = await freshBase(server);
  const change = (...records: readonly string[]): Promise<void> => ldapmodify(server, records.join('\n'));
  await change(...['1', '2', '3'].map((n) => person(`uid=${n},${base}`, `employeeNumber: ${n}\n`)));
  const target = readingChanges(server, base, selected, options);
  await target.full();
  return { base, target, change };
}

describe('the access log of OpenLDAP', () => {
  test('L41 failed operations and binds are no changes', async () => {
    const server = await openldap();
    const { base, target } = await scene();
    const refused = await command(server, 'ldapmodify', [], { input: gone(`ou=nobody,${base}`) });
    expect(refused.code).toBe(32);
    const wrong = await command(server, 'ldapmodify', [], { input: set(`uid=1,${base}`, 'mail', 'ä') });
    expect(wrong.code).not.toBe(0);
    await command(server, 'ldapwhoami', [], { as: server.account });
    expect((await target.delta()).entries).toEqual([]);
  });

  test('L41 the record at the boundary is not applied twice, and a record that was written late is not lost', async () => {
    const { base, target, change } = await scene();
    await change(set(`uid=1,${base}`, 'sn', 'first'));
    expect(summary(await target.delta(), base)).toEqual(['Replace uid=1']);
    expect((await target.delta()).entries).toEqual([]);
    await change(set(`uid=2,${base}`, 'sn', 'slow'), set(`uid=3,${base}`, 'sn', 'fast'));
    const before = target.watermark ?? '';
    await target.delta();
    // As if the earlier one of both, and what other tests wrote meanwhile, had not been written yet when the log was read.
    const seen = (text: string): readonly string[] => JSON.parse(text).position.seen.split(' ');
    const added = seen(target.watermark ?? '').filter((start) => !seen(before).includes(start));
    for (const each of added.slice(0, -1)) target.watermark = target.watermark?.replace(`${each} `, '');
    expect(summary(await target.delta(), base)).toContain('Replace uid=2');
  });

  test('L42 the clock of the host makes no difference', async () => {
    for (const hours of [-1, 1]) {
      const clock = { ...systemClock, now: () => Date.now() + hours * 3_600_000 };
      const { base, target, change } = await scene(people, { clock });
      await change(set(`uid=1,${base}`, 'sn', 'changed'), gone(`uid=2,${base}`));
      expect(summary(await target.delta(), base)).toEqual(['Delete uid=2', 'Replace uid=1']);
      expect((await target.delta()).entries).toEqual([]);
    }
  });

  test('L43 a password in the log gets nowhere', async () => {
    const lines: string[] = [];
    const logger = logging(lines);
    const server = await openldap();
    const base = await freshBase(server);
    const proxy = await recordingProxy(server.url);
    // The old values of the anchor are asked for, and with them come all others.
    const target = readingInClear(proxy, byNumber, {
      as: server.admin,
      logger,
      partitions: [{ dn: base, containers: [] }],
    });
    await target.full();
    await ldapmodify(
      server,
      [
        person(`uid=1,${base}`, 'employeeNumber: 1\nuserPassword: sesame-open-1\n'),
        person(`uid=2,${base}`, 'employeeNumber: 2\nuserPassword: sesame-open-2\n'),
        set(`uid=1,${base}`, 'userPassword', 'sesame-open-3'),
        gone(`uid=2,${base}`),
      ].join('\n'),
    );
    const told = await target.delta();
    expect(told.entries).toHaveLength(2);
    const everything = JSON.stringify([told, lines]);
    for (const secret of ['sesame-open', Buffer.from('sesame-open').toString('base64').slice(0, 12)]) {
      expect(everything).not.toContain(secret);
    }
    const asked = proxy.requests.flatMap((request) => (request.kind === 'search' ? request.attributes : []));
    expect(asked).not.toContain('reqMod');
    expect(asked).not.toContain('userPassword');
  });

  test('an anchor that can be changed is followed by what the log has kept of the entry', async () => {
    const { base, target, change } = await scene(byNumber);
    await change(
      unit(`ou=nobody,${base}`),
      gone(`ou=nobody,${base}`),
      set(`uid=1,${base}`, 'employeeNumber', '10'),
      gone(`uid=2,${base}`),
      set(`uid=3,${base}`, 'sn', 'changed'),
      renamed(`uid=3,${base}`, 'uid=three'),
    );
    const told = await target.delta();
    expect(summary(told, base)).toEqual(['Delete 1', 'Delete 2', 'Replace uid=1', 'Replace uid=three']);
    expect(
      valuesOf(
        told.entries.find(({ dn }) => dn?.startsWith('uid=1,')),
        'employeeNumber',
      ),
    ).toEqual(['10']);
  });

  test('a log that was purged behind the last import asks for a full import', async () => {
    const { target } = await scene();
    const old = { since: '20200101000000.000000Z', seen: '20200101000003.000001Z' };
    target.watermark = JSON.stringify({ ...JSON.parse(target.watermark ?? ''), position: old });
    await expect(target.delta()).rejects.toMatchObject({
      code: 'CONNECTOR_WATERMARK_INVALID',
      message: expect.stringContaining('was purged'),
    });
  });

  test('an empty log starts where the directory was last written, and its first record is told', async () => {
    const slapd = await startSlapd();
    const base = `ou=people,${slapd.suffix}`;
    const target = readingChanges(slapd, base, people);
    await target.full();
    expect((await target.delta()).entries).toEqual([]);
    await ldapmodify(slapd, person(`uid=1,${base}`));
    expect(summary(await target.delta(), base)).toEqual(['Add uid=1']);
    expect((await target.delta()).entries).toEqual([]);
  });

  test('with nothing new it is one search', async () => {
    const server = await openldap();
    const base = await freshBase(server);
    const proxy = await recordingProxy(server.url);
    const target = readingInClear(proxy, people, { as: server.admin, partitions: [{ dn: base, containers: [] }] });
    await target.full();
    await target.delta();
    proxy.forget();
    await target.delta();
    expect(proxy.requests.map((request) => (request.kind === 'search' ? request.base : request.kind))).toEqual([
      'cn=accesslog',
    ]);
  });

  test('an account that may not read it is told so by the test and by a delta, and imports in full', async () => {
    const slapd = await startSlapd({ accessLog: false });
    const target = readingChanges(slapd, `ou=people,${slapd.suffix}`, people, { deltaStrategy: 'accessLog' });
    await expect(target.connector.test(target.signal)).rejects.toMatchObject({ code: 'LDAP_CHANGES_UNREADABLE' });
    expect((await target.full()).watermark).toBe('');
    await expect(target.delta()).rejects.toMatchObject({ code: 'CONNECTOR_WATERMARK_INVALID' });
  });
});

function logging(lines: string[]): Logger {
  const write = (fields: unknown, message: string): void => void lines.push(JSON.stringify([fields, message]));
  const logger: Logger = { debug: write, info: write, warn: write, error: write, child: () => logger };
  return logger;
}
