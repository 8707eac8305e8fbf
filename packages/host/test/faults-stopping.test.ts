import { homeAt } from '@joinery/host';
import { expect, test } from 'vitest';
import { caller } from './support/home.ts';
import { effects, holdWrites } from './support/ledger.ts';
import { stormHome } from './support/storm-targets.ts';
import { until } from './support/until.ts';
import { Victim } from './support/victim.ts';

test('a write that hangs keeps a host that stops no longer than the grace, and the next one finds out about it', async () => {
  const home = await stormHome();
  const folder = homeAt(home.folder).connectorFolder('ledger');
  const victim = new Victim(home, { env: { JOINERY_HOST_SHUTDOWN_GRACE: '1' } });
  const scim = await victim.connect('ledger');
  await victim.untilSettled();
  const { hanging, release } = holdWrites(folder);
  const running = scim.create({ id: 'a', userName: 'ann' }).then(
    ({ status }) => status,
    () => 'cut off',
  );
  await until(() => expect(hanging()).toBe(true));
  const waiting = scim.create({ id: 'b', userName: 'bob' });
  await until(async () => expect((await victim.ask('status', 'ledger')).waitingWrites).toBe(1));
  victim.child.stdin?.write('close \n');
  expect(await waiting).toMatchObject({ status: 503, body: { detail: expect.stringContaining('stopping') } });
  expect(['cut off', 503]).toContain(await running);
  // It says so once the host is closed; what still hangs in it is not waited for.
  expect(await victim.nextLine()).toBe('null');
  victim.child.kill('SIGKILL');
  await victim.exited;
  release();
  expect(effects(folder).some(({ id }) => id === 'a')).toBe(false);
  const host = await home.start();
  expect(host.connectors.find(({ name }) => name === 'ledger')?.inDoubt).toEqual([]);
  const again = caller(host, 'ledger');
  expect((await again.find('userName eq "ann"')).body.totalResults).toBe(0);
  expect((await again.create({ id: 'a', userName: 'ann' })).status).toBe(201);
});
