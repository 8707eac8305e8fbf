import { DatabaseSync } from 'node:sqlite';
import { type Host, homeAt } from '@joinery/host';
import { expect, test } from 'vitest';
import { URN } from './support/caller.ts';
import { fixtureHost, gate } from './support/fixture-host.ts';
import { metric, readMetrics } from './support/metrics.ts';
import { head, RawConnection } from './support/raw-connection.ts';
import { until } from './support/until.ts';

/** A host whose target is held at its first write while twenty more come; they are in the journal when this returns. */
async function gathered(before: (host: Host) => Promise<void> = async () => {}) {
  const { target, home, host, scim } = await fixtureHost();
  const first = gate();
  target.onPut = () => first.opened;
  const journal = (): number => {
    using database = new DatabaseSync(homeAt(home.folder).spaceFile('fixture'), { readOnly: true });
    return Number(database.prepare('SELECT count(*) AS entries FROM journal').get()?.entries);
  };
  const held = scim.create({ id: 'first' });
  await until(() => expect(target.batches).toHaveLength(1));
  await before(host);
  const names = Array.from({ length: 20 }, (_, number) => `p${number}`);
  const answers = names.map((id) => scim.create({ id }));
  await until(() => expect(waiting(host)).toBeGreaterThanOrEqual(20));
  await until(() => expect(journal()).toBeGreaterThanOrEqual(9));
  return { target, home, host, scim, first, held, answers, journal };
}

function waiting(host: Host): number | undefined {
  return host.connectors[0]?.waitingWrites;
}

test('what comes while the target works is in the journal before the target is free, and goes next', async () => {
  const { target, first, held, answers, journal } = await gathered();
  expect(target.batches).toHaveLength(1);
  first.open();
  expect((await held).status).toBe(201);
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(Array(20).fill(201));
  expect(target.objects.size).toBe(21);
  await until(() => expect(journal()).toBe(0));
});

test('what is in the journal and was not sent is refused by the read-only switch, and leaves nothing behind', async () => {
  const { target, host, first, held, answers, journal } = await gathered();
  const switching = host.setReadOnly('fixture', true);
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(Array(20).fill(403));
  // Though the target still works.
  await until(() => expect(journal()).toBe(1));
  first.open();
  expect((await held).status).toBe(201);
  await switching;
  expect([...target.objects.keys()]).toEqual(['first']);
  expect(journal()).toBe(0);
});

test('a host that ends does not send it either, and the next one knows that it was not', async () => {
  const { target, home, host, first, held, answers, journal } = await gathered();
  const closing = host.close();
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(Array(20).fill(503));
  await until(() => expect(journal()).toBe(1));
  first.open();
  expect((await held).status).toBe(201);
  await closing;
  expect([...target.objects.keys()]).toEqual(['first']);
  const again = await home.start();
  await until(() => expect(again.connectors[0]?.waitingWrites).toBe(0));
});

test('who leaves meanwhile takes back what is in the journal only', async () => {
  let leaving: RawConnection | undefined;
  const { target, host, first, held, answers, journal } = await gathered(async (started) => {
    leaving = await RawConnection.open(started);
    const body = JSON.stringify({ schemas: [URN], [URN]: { id: 'gone' } });
    const type = 'content-type: application/scim+json\r\n';
    leaving.socket.write(`${head('POST', '/Users', 'fixture')}${type}content-length: ${body.length}\r\n\r\n${body}`);
    await until(() => expect(waiting(started)).toBe(1));
  });
  leaving?.socket.destroy();
  const line = 'joinery_requests_total{connector="fixture",method="POST",status="aborted"}';
  await until(async () => expect(metric((await readMetrics(host)).text, line)).toBe(1));
  first.open();
  expect((await held).status).toBe(201);
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(Array(20).fill(201));
  expect([...target.objects.keys()]).not.toContain('gone');
  await until(() => expect(journal()).toBe(0));
});

test('writes of one person keep their order, however many gather', async () => {
  const { target, scim, first, answers } = await gathered();
  const titled = Array.from({ length: 10 }, (_, number) =>
    scim.set(Buffer.from('Sfirst').toString('base64url'), 'title', `Title ${number}`),
  );
  first.open();
  await Promise.all([...answers, ...titled]);
  expect(target.objects.size).toBe(21);
  const written = target.batches.filter((batch) =>
    batch.some(({ objectModificationType }) => objectModificationType === 'Update'),
  );
  // One person's changes never share a batch.
  for (const batch of written) {
    expect(batch.filter(({ objectModificationType }) => objectModificationType === 'Update')).toHaveLength(1);
  }
});

test('of a target that nobody can ask afterwards nothing is in the journal before it is sent', async () => {
  const { target, home, host, scim } = await fixtureHost({ without: ['lookup'] });
  const first = gate();
  target.onPut = () => first.opened;
  const held = scim.create({ id: 'first' });
  await until(() => expect(target.batches).toHaveLength(1));
  const answers = Array.from({ length: 20 }, (_, number) => scim.create({ id: `p${number}` }));
  await until(() => expect(waiting(host)).toBe(20));
  using database = new DatabaseSync(homeAt(home.folder).spaceFile('fixture'), { readOnly: true });
  expect(database.prepare('SELECT count(*) AS entries FROM journal').get()).toEqual({ entries: 1 });
  first.open();
  expect((await Promise.all([held, ...answers])).map(({ status }) => status)).toEqual(Array(21).fill(201));
});
