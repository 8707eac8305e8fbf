import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLogger, ManualClock, Redactor, systemClock } from '@joinery/runtime';
import { expect, test } from 'vitest';
import { fileConnector, fileTarget } from './support/file-target.ts';
import { FIXTURE_SELECTION } from './support/fixture-connector.ts';
import { fixtureHost, gate } from './support/fixture-host.ts';
import { caller, TestHome } from './support/home.ts';
import { until } from './support/until.ts';
import { Victim } from './support/victim.ts';

const attributes = [...FIXTURE_SELECTION, { name: 'export_password' }];
const PASSWORD = 'Pa55-word!';

function id(anchor: string): string {
  return Buffer.from(`S${anchor}`).toString('base64url');
}

test('H-53 half a success says so with the id, stays visible through a restart, and ends when a person has looked after it', async () => {
  const { target, home, host, scim } = await fixtureHost({ password: true }, { attributes });
  target.onPassword = () => {
    throw new Error('too short');
  };
  const half = await scim.create({ id: 'a', export_password: PASSWORD });
  expect([half.status, half.body.detail]).toEqual([
    500,
    `The object was created and has the id ${id('a')}, but its password was not set: too short`,
  ]);
  expect((await scim.get(`/Users/${id('a')}`)).status).toBe(200);
  expect(host.connectors[0]?.passwordUnknown).toMatchObject([{ id: id('a') }]);
  await host.close();

  const again = await home.start();
  expect(again.connectors[0]?.passwordUnknown).toMatchObject([{ id: id('a') }]);
  const later = caller(again, 'fixture');
  const repeated = await later.create({ id: 'a', export_password: PASSWORD });
  expect([repeated.status, repeated.body.detail]).toEqual([
    409,
    expect.stringContaining('password was set is not known'),
  ]);
  const patched = await later.set(id('a'), 'export_password', PASSWORD);
  expect([patched.status, patched.body.detail]).toEqual([400, expect.stringContaining('when the object is created')]);
  await again.acknowledgePassword('fixture', id('a'));
  expect(again.connectors[0]?.passwordUnknown).toEqual([]);
  expect((await later.create({ id: 'a' })).body.detail).not.toContain('password');
  await again.close();
  expect((await home.start()).connectors[0]?.passwordUnknown).toEqual([]);
});

test('H-53 a password that is set leaves nothing to look after, and so does an object that is deleted', async () => {
  const { target, host, scim } = await fixtureHost({ password: true }, { attributes });
  expect((await scim.create({ id: 'a', export_password: PASSWORD })).status).toBe(201);
  target.onPassword = () => {
    throw new Error('too short');
  };
  await scim.create({ id: 'b', export_password: PASSWORD });
  expect(host.connectors[0]?.passwordUnknown).toMatchObject([{ id: id('b') }]);
  expect((await scim.delete(id('b'))).status).toBe(204);
  expect(host.connectors[0]?.passwordUnknown).toEqual([]);
});

test('H-53 the second call gets the anchor that the target made', async () => {
  const { target, scim } = await fixtureHost({ password: true }, { attributes });
  target.resultOf = ({ identifier }) => ({
    identifier,
    errorCode: 'Success',
    anchorAttributes: [{ name: 'id', value: 'made-7' }],
  });
  expect((await scim.create({ userName: 'ann', export_password: PASSWORD })).status).toBe(201);
  expect(target.passwords.get('made-7')).toBe(PASSWORD);
});

test('H-53 a second call that does not come back leaves the password unknown, and is not tried for the rest of its batch', async () => {
  const clock = new ManualClock(Date.now());
  const { target, host, scim } = await fixtureHost({ password: true }, { attributes }, { clock });
  const first = gate();
  target.onPut = () => first.opened;
  const answers = [scim.create({ id: 'first' })];
  await until(() => expect(target.batches).toHaveLength(1));
  answers.push(
    scim.create({ id: 'a', export_password: PASSWORD }),
    scim.create({ id: 'b', export_password: PASSWORD }),
  );
  await until(() => expect(host.connectors[0]?.waitingWrites).toBe(2));
  const hanging = gate();
  let calls = 0;
  target.onPassword = () => {
    calls += 1;
    return hanging.opened;
  };
  first.open();
  await until(() => expect(calls).toBe(1));
  clock.advance(25_000);
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([201, 500, 500]);
  expect(calls).toBe(1);
  expect((await answers[1])?.body.detail).toContain('whether its password was set is not known');
  expect(host.connectors[0]?.passwordUnknown.map((each) => each.id).sort()).toEqual([id('a'), id('b')]);
  hanging.open();
});

test('a create in doubt that carried a password ends as created with a password that nobody knows of, when the target is asked', async () => {
  const clock = new ManualClock(Date.now());
  const { target, host, scim } = await fixtureHost({ password: true }, { attributes }, { clock });
  target.afterPut = () => {
    throw new Error('connection lost');
  };
  target.onLookup = () => {
    throw new Error('unreachable too');
  };
  expect((await scim.create({ id: 'a', export_password: PASSWORD })).status).toBe(503);
  expect(host.connectors[0]?.inDoubt).toMatchObject([{ passwordPending: true }]);
  target.onLookup = () => {};
  await until(() => {
    clock.advance(5_000);
    expect(host.connectors[0]?.inDoubt).toEqual([]);
  });
  expect(host.connectors[0]?.passwordUnknown).toMatchObject([{ id: id('a') }]);
  expect((await scim.get(`/Users/${id('a')}`)).status).toBe(200);
});

test.each([
  ['an anchor of its own', { id: 'a', userName: 'ann' }, 'a'],
  ['an anchor that the target made', { userName: 'ann' }, 'made-7'],
])(
  'a create in doubt with %s ends the same way when an import brings it, and leaves nothing when it does not',
  async (_, person, made) => {
    const { target, host, scim } = await fixtureHost(
      { password: true, without: ['lookup'] },
      { attributes, queryAttribute: 'userName' },
    );
    target.onPut = () => {
      throw new Error('connection lost');
    };
    expect((await scim.create({ ...person, export_password: PASSWORD })).status).toBe(503);
    await host.run('fixture', 'full');
    await until(() => expect(host.connectors[0]?.inDoubt).toEqual([]));
    expect(host.connectors[0]?.passwordUnknown).toEqual([]);

    expect((await scim.create({ ...person, export_password: PASSWORD })).status).toBe(503);
    target.put('other', { userName: 'bob' });
    target.put(made, { userName: 'ann' });
    await host.run('fixture', 'full');
    await until(() => expect(host.connectors[0]?.inDoubt).toEqual([]));
    expect(host.connectors[0]?.passwordUnknown).toMatchObject([{ id: id(made) }]);
  },
);

test('H-54 an Add with its password that is found in place after a fault says that the password is not known', async () => {
  const { target, host, scim } = await fixtureHost({ traits: { exportPasswordInFirstPass: true } }, { attributes });
  target.afterPut = () => {
    throw new Error('connection lost');
  };
  const answer = await scim.create({ id: 'a', export_password: PASSWORD });
  expect([answer.status, answer.body.detail]).toEqual([500, expect.stringContaining(`has the id ${id('a')}`)]);
  expect(host.connectors[0]?.passwordUnknown).toMatchObject([{ id: id('a') }]);
});

test.each([
  ['commit.after', true],
  ['password.before', true],
  ['password.after', true],
  ['call.after', true],
  ['call.after', false],
])(
  'killed at %s (a target that can be asked: %s), the object is there and its password is one that nobody knows of',
  async (point, lookup) => {
    const home = await TestHome.create({ kinds: [fileTarget], connectors: [fileConnector(lookup)] });
    const victim = new Victim(home, { failPoint: `host.${point}` });
    const scim = await victim.connect('files');
    await victim.untilSettled();
    await expect(scim.create({ id: 'a', title: 'Pilot', export_password: PASSWORD })).rejects.toThrow(TypeError);
    await victim.exited;
    expect(victim.child.signalCode).toBe('SIGKILL');
    expect(await filesWith(home.folder, PASSWORD)).toEqual([]);

    const host = await home.start();
    await until(() => expect(host.connectors[0]?.inDoubt).toEqual([]));
    expect(host.connectors[0]?.passwordUnknown).toMatchObject([{ id: id('a') }]);
    const again = caller(host, 'files');
    expect((await again.get(`/Users/${id('a')}`)).status).toBe(200);
    expect((await again.create({ id: 'a', export_password: PASSWORD })).status).toBe(409);
  },
);

test('H-55 a password is in no log line of any level, no answer, no history, no journal, and no file of the home folder', async () => {
  const lines: string[] = [];
  const redactor = new Redactor();
  const logger = createLogger({
    stream: { write: (line: string) => lines.push(line) },
    level: 'debug',
    clock: systemClock,
    redactor,
  });
  const { target, home, host, scim } = await fixtureHost({ password: true }, { attributes }, { logger, redactor });
  const answers: string[] = [];
  const create = async (anchor: string): Promise<void> => {
    answers.push((await scim.create({ id: anchor, export_password: PASSWORD })).text);
  };
  await create('set');
  expect(target.passwords.get('set')).toBe(PASSWORD);
  const words = `The policy does not like "${PASSWORD}".`;
  target.onPassword = () => {
    throw new Error(words);
  };
  await create('half');
  target.resultOf = ({ identifier }) => ({
    identifier,
    errorCode: 'ExportErrorPasswordPolicyViolation',
    errorDetail: words,
  });
  await create('refused');
  target.resultOf = () => undefined;
  target.onLookup = () => {
    throw new Error(words);
  };
  // While the target holds the call, the journal holds the write.
  const put = gate();
  target.onPut = () => put.opened;
  const doubtful = create('doubtful');
  await until(() => expect(target.batches).toHaveLength(4));
  expect(await filesWith(home.folder, PASSWORD)).toEqual([]);
  target.afterPut = () => {
    throw new Error(words);
  };
  put.open();
  await doubtful;
  // Later words of the target come when nobody knows the password any more.
  target.onLookup = () => {
    throw new Error('unreachable');
  };
  answers.push((await scim.get('/Users')).text, (await scim.get('/cache')).text);
  answers.push((await scim.set(id('half'), 'export_password', PASSWORD)).text);
  // The host redacts what it registered, and nothing is registered any more.
  await until(() => expect(redactor.text(PASSWORD)).toBe(PASSWORD));
  expect(answers.join('\n')).toContain('The policy does not like');
  const status = JSON.stringify(host.connectors);
  expect(await filesWith(home.folder, PASSWORD)).toEqual([]);
  await host.close();
  const again = await home.start();
  const history = JSON.stringify(await again.history('fixture', 100, AbortSignal.timeout(10_000)));
  expect(history).toContain('The policy does not like');
  for (const text of [...answers, ...lines, status, history]) expect(text).not.toContain(PASSWORD);
  expect(await filesWith(home.folder, PASSWORD)).toEqual([]);
});

/** The files below a folder, write-ahead logs included, that hold a text in any of the encodings in which files hold text. */
async function filesWith(folder: string, text: string): Promise<string[]> {
  const forms = [Buffer.from(text), Buffer.from(text, 'utf16le'), Buffer.from(Buffer.from(text).toString('base64'))];
  const found: string[] = [];
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  expect(files.length).toBeGreaterThan(5);
  for (const file of files) {
    if (!file.isFile()) continue;
    const content = await readFile(join(file.parentPath, file.name));
    if (forms.some((form) => content.includes(form))) found.push(file.name);
  }
  return found;
}

test('a target that repeats the whole entry as JSON does not bring the password into the answer', async () => {
  const { target, scim } = await fixtureHost({ traits: { exportPasswordInFirstPass: true } }, { attributes });
  target.onPut = (entries) => {
    throw new Error(`refused: ${JSON.stringify(entries)}`);
  };
  const answer = await scim.create({ id: 'a', export_password: 'Gr"ün\\<&>!' });
  expect(answer.body.detail).toContain('{"value":"[redacted]","modificationType":"Add"}');
});
