import { formatConnectorFile, parseConnectorFile } from '@joinery/host';
import { ManualClock } from '@joinery/runtime';
import { expect, test } from 'vitest';
import type { FixtureOptions, FixtureTarget } from './support/fixture-connector.ts';
import { fixtureHost, gate } from './support/fixture-host.ts';
import { until } from './support/until.ts';

const exportSession = { mode: 'keepOpen', idleSeconds: 30 } as const;

/** A host that keeps its export runs open, over a target that reports every entry. */
async function keepingHost(options: FixtureOptions = {}) {
  const clock = new ManualClock(Date.now());
  const made = await fixtureHost(options, { exportSession }, { clock });
  made.target.resultOf = ({ identifier }) => ({ identifier, errorCode: 'Success' });
  return { clock, ...made };
}

const exportsClosed = ({ closed }: FixtureTarget): string[] => closed.filter((each) => each.startsWith('export'));

const yaml = (session: string): string =>
  `version: 1\nconnector: fixture\nexportSession: ${session}\ntypes: [{ objectType: user, anchor: id, attributes: [{ name: id }] }]\n`;

test.each([
  ['{}', { mode: 'perBatch' }],
  ['{ mode: perBatch }', { mode: 'perBatch' }],
  ['{ mode: keepOpen }', { mode: 'keepOpen', idleSeconds: 60 }],
  ['{ mode: keepOpen, idleSeconds: 5 }', { mode: 'keepOpen', idleSeconds: 5 }],
])('exportSession: %s is read, written and read again', (text, expected) => {
  const file = parseConnectorFile(yaml(text), 'x', 'x.yaml');
  expect(file.exportSession).toEqual(expected);
  expect(parseConnectorFile(formatConnectorFile(file), 'x', 'x.yaml')).toEqual(file);
});

test.each([
  ['{ mode: keepopen }', 'keepOpen'],
  ['{ mode: keepOpen, idleSeconds: 0 }', 'from 1 to 86400'],
  ['{ mode: keepOpen, idle: 5 }', 'idle'],
])('exportSession: %s is refused with its place', (text, words) => {
  expect(() => parseConnectorFile(yaml(text), 'x', 'x.yaml')).toThrow(new RegExp(`^x\\.yaml:3:.*${words}`));
});

test('perBatch opens and closes a run for every batch', async () => {
  const { target, scim } = await fixtureHost();
  for (const id of ['a', 'b', 'c']) expect((await scim.create({ id })).status).toBe(201);
  expect([target.exportRuns, exportsClosed(target)]).toEqual([3, ['export Normal', 'export Normal', 'export Normal']]);
});

test('keepOpen opens one run for batch after batch, and closes it when none has come for its time', async () => {
  const { clock, target, scim } = await keepingHost();
  for (const id of ['a', 'b', 'c']) {
    expect((await scim.create({ id })).status).toBe(201);
    clock.advance(29_000);
  }
  expect([target.exportRuns, exportsClosed(target)]).toEqual([1, []]);
  clock.advance(1_000);
  await until(() => expect(exportsClosed(target)).toEqual(['export Normal']));
  expect((await scim.create({ id: 'd' })).status).toBe(201);
  expect(target.exportRuns).toBe(2);
});

test('a refused entry is a result like any other and leaves the run open', async () => {
  const { target, scim } = await keepingHost();
  target.resultOf = ({ identifier, anchorAttributes }) => ({
    identifier,
    errorCode: anchorAttributes[0]?.value === 'bad' ? 'ExportErrorInvalidAttributeValue' : 'Success',
  });
  const answers = await Promise.all(['a', 'bad', 'b'].map((id) => scim.create({ id })));
  expect(answers.map(({ status }) => status)).toEqual([201, 400, 201]);
  expect([target.exportRuns, exportsClosed(target)]).toEqual([1, []]);
});

test('a missing result is decided by closing the run, as without keepOpen', async () => {
  const { target, scim } = await keepingHost();
  target.resultOf = () => undefined;
  expect((await scim.create({ id: 'a' })).status).toBe(201);
  expect(exportsClosed(target)).toEqual(['export Normal']);
  // When the close fails, an entry without a result is in doubt, and the target is asked: it has taken nothing.
  target.onCloseExport = () => {
    throw new Error('not written');
  };
  target.afterPut = () => {
    target.objects.delete('b');
  };
  expect((await scim.create({ id: 'b' })).status).toBe(500);
  expect(target.lookups).toBe(1);
});

test('after a fault the run is closed, and the write that met the old connection is tried on a new one', async () => {
  const { target, scim } = await keepingHost();
  expect((await scim.create({ id: 'a' })).status).toBe(201);
  target.onPut = () => {
    target.onPut = () => {};
    throw new Error('the connection was closed by the server');
  };
  expect((await scim.create({ id: 'b' })).status).toBe(201);
  expect([target.exportRuns, exportsClosed(target)]).toEqual([2, ['export Unknown']]);
  expect(target.objects.has('b')).toBe(true);
});

test('a run that is kept open is closed before an import of a target that takes no writes while it is read', async () => {
  const { target, host, scim } = await keepingHost({ traits: { exportDuringImport: false } });
  await scim.create({ id: 'a' });
  let closedBefore: string[] = [];
  target.onOpenImport = () => {
    closedBefore = exportsClosed(target);
  };
  await host.run('fixture', 'full');
  expect(closedBefore).toEqual(['export Normal']);
});

test('an import of a target that takes both at once leaves the run open', async () => {
  const { target, host, scim } = await keepingHost();
  await scim.create({ id: 'a' });
  await host.run('fixture', 'full');
  expect(exportsClosed(target)).toEqual([]);
});

test('the read-only switch and the end of the host close a run that is kept open', async () => {
  const { target, host, scim } = await keepingHost();
  await scim.create({ id: 'a' });
  await host.setReadOnly('fixture', true);
  expect(exportsClosed(target)).toEqual(['export Normal']);
  await host.setReadOnly('fixture', false);
  await scim.create({ id: 'b' });
  await host.close();
  expect(exportsClosed(target)).toEqual(['export Normal', 'export Normal']);
  expect(target.closed.at(-1)).toBe('connector');
});

test('a run that falls due while the next batch comes is not used after it was closed', async () => {
  const { clock, target, scim } = await keepingHost();
  await scim.create({ id: 'a' });
  const closing = gate();
  target.onCloseExport = () => closing.opened;
  clock.advance(30_000);
  const next = scim.create({ id: 'b' });
  await until(() => expect(target.exportRuns).toBe(1));
  closing.open();
  expect((await next).status).toBe(201);
  expect(target.exportRuns).toBe(2);
});
