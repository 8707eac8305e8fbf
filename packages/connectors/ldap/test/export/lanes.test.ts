import { expect, test } from 'vitest';
import { startFakeServer } from '../../../../../testing/directories/fake-server.ts';
import { openDirectory } from '../../src/connection/directory.ts';
import { Lanes } from '../../src/export/lanes.ts';
import { parts, settingsOf } from '../connection/settings.ts';
import { never } from './target.ts';

const closed = { code: 'CONNECTOR_RUN_CLOSED' };

test('who waits for a place when the export ends is told so, and nobody opens a connection afterwards', async () => {
  const fake = await startFakeServer();
  await using directory = openDirectory(settingsOf(fake), parts());
  const lanes = new Lanes({ directory, connections: 1, window: 1 });
  using _ = await lanes.take(never);
  const waiting = expect(lanes.take(never)).rejects.toMatchObject(closed);
  await lanes[Symbol.asyncDispose]();
  await waiting;
  await expect(lanes.take(never)).rejects.toMatchObject(closed);
  expect(fake.connections()).toBe(1);
});

test('a connection that is ready only when the export has ended is closed', async () => {
  const release = Promise.withResolvers<void>();
  const fake = await startFakeServer({
    answer: async ({ request }) => {
      // The first is everybody's.
      if (request.kind === 'bind' && request.connection > 0) await release.promise;
      return false;
    },
  });
  await using directory = openDirectory(settingsOf(fake), parts());
  const lanes = new Lanes({ directory, connections: 2, window: 1 });
  using _ = await lanes.take(never);
  const late = expect(lanes.take(never)).rejects.toMatchObject(closed);
  await expect.poll(() => fake.connections()).toBe(2);
  await lanes[Symbol.asyncDispose]();
  release.resolve();
  await late;
  await expect.poll(() => fake.open()).toBe(1);
});
