import type { Logger } from '@joinery/runtime';
import { describe, expect, test } from 'vitest';
import { ldapmodify } from '../../../../../testing/directories/commands.ts';
import { apacheds, samba } from '../../../../../testing/directories/directories.ts';
import { startFakeServer } from '../../../../../testing/directories/fake-server.ts';
import { freshBase } from '../../../../../testing/directories/fresh-base.ts';
import { readingChanges, readingInClear, type Selected, summary } from './delta-under-test.ts';
import { gone, person, renamed, set } from './ldif.ts';

const people: Selected = { types: ['inetOrgPerson'], attributes: ['cn', 'sn', 'description'] };

describe('ApacheDS', () => {
  test('L46 has no delta import unless time stamps are chosen, and says why', async () => {
    const server = await apacheds();
    const base = await freshBase(server);
    const target = readingChanges(server, base, people);
    expect((await target.full()).watermark).toBe('');
    await expect(target.delta()).rejects.toMatchObject({
      code: 'CONNECTOR_WATERMARK_INVALID',
      message: expect.stringContaining('keeps no change log'),
    });
  });

  test('L46 finds what was added and changed by time stamps, and warns that deletes are not seen', async () => {
    const server = await apacheds();
    const base = await freshBase(server);
    await ldapmodify(server, ['1', '2', '3'].map((n) => person(`uid=${n},${base}`)).join('\n'));
    const warnings: string[] = [];
    const settings = {
      deltaStrategy: 'timeStamp',
      importFilter: '(!(description=guest))',
      logger: warning(warnings),
    } as const;
    const target = readingChanges(server, base, people, settings);
    await target.full();
    expect(warnings.join('\n')).toMatch(/time stamp see no deletes/);
    await ldapmodify(
      server,
      [
        person(`uid=new,${base}`),
        set(`uid=1,${base}`, 'sn', 'changed'),
        set(`uid=2,${base}`, 'description', 'guest'),
        gone(`uid=3,${base}`),
      ].join('\n'),
    );
    // What was made right before is within the overlap too.
    expect(summary(await target.delta(), base)).toEqual(['Add uid=1', 'Add uid=new', 'Delete uid=2']);
  });
});

test('time stamps of Samba are those that can be searched for', async () => {
  const server = await samba();
  const base = await freshBase(server);
  const users = { types: ['user'], attributes: ['cn', 'description'] };
  const target = readingChanges(server, base, users, { deltaStrategy: 'timeStamp' });
  await target.full();
  const dn = `CN=t${process.pid},${base}`;
  await ldapmodify(server, [`dn: ${dn}\nchangetype: add\nobjectClass: user\n`, renamed(dn, 'CN=other')].join('\n'));
  expect(summary(await target.delta(), base)).toEqual(['Add cn=other']);
});

test('time stamps are asked for from the begin of the last import on, less the overlap', async () => {
  const suffix = 'dc=contoso,dc=lab';
  const server = await startFakeServer({
    answer: (exchange) => {
      const { request } = exchange;
      if (request.kind !== 'search' || !request.base.endsWith(suffix)) return false;
      if (request.scope === 'base') exchange.entry(suffix);
      exchange.done(0, request.page === undefined ? {} : { cookie: '' });
      return true;
    },
  });
  const times = [Date.UTC(2026, 10, 21, 12, 0, 0), Date.UTC(2026, 10, 21, 13, 0, 0)];
  let now = times[0] ?? 0;
  const clock = { now: () => now, monotonic: () => performance.now(), timer: () => () => {} };
  const target = readingInClear(server, people, { deltaStrategy: 'timeStamp', timeStampOverlapMs: 90_000, clock });
  await target.full();
  now = times[1] ?? 0;
  await target.delta();
  await target.delta();
  const asked = server.requests.flatMap((request) =>
    request.kind === 'search' ? (/modifyTimestamp>=\w+/.exec(request.filter) ?? []) : [],
  );
  expect(asked).toEqual(['modifyTimestamp>=20261121115830Z', 'modifyTimestamp>=20261121125830Z']);
  // A server that others' changes reach later than the overlap is long would keep them for itself.
  target.watermark = target.watermark?.replace(/"server":"[^"]+"/, '"server":"replica.contoso.lab:389"');
  await expect(target.delta()).rejects.toMatchObject({
    code: 'CONNECTOR_WATERMARK_INVALID',
    message: expect.stringContaining('replica.contoso.lab:389'),
  });
});

function warning(lines: string[]): Logger {
  const drop = (): void => {};
  const logger: Logger = {
    debug: drop,
    info: drop,
    warn: (_, message) => void lines.push(message),
    error: drop,
    child: () => logger,
  };
  return logger;
}
