import { expect, test } from 'vitest';
import type { Answer, ScimCaller } from './support/caller.ts';
import type { FixtureTarget } from './support/fixture-connector.ts';
import { fixtureHost, gate } from './support/fixture-host.ts';
import { until } from './support/until.ts';

/*
 * Callers repeat: Entra sends a failed operation again in its next cycle, whatever became of the first one. Each kind of write
 * is repeated here after each outcome that a first one can have, and the target is looked at.
 */

function id(anchor: string): string {
  return Buffer.from(`S${anchor}`).toString('base64url');
}

interface Write {
  readonly send: (scim: ScimCaller) => Promise<Answer>;
  /** The person before, in target and space; absent when there is none. */
  readonly before?: { readonly title: string };
  /** The title that the target has after the write; undefined when the person is gone. */
  readonly title: string | undefined;
  /** The answer to the repetition once the first one is known to have been done. */
  readonly done: number;
  /** The answer to one that does something. */
  readonly first: number;
}

const writes: Readonly<Record<string, Write>> = {
  POST: { send: (scim) => scim.create({ id: 'a', title: 'Pilot' }), title: 'Pilot', first: 201, done: 409 },
  PATCH: {
    send: (scim) => scim.set(id('a'), 'title', 'Pilot'),
    before: { title: 'x' },
    title: 'Pilot',
    first: 200,
    done: 200,
  },
  PUT: {
    send: (scim) => {
      const urn = 'urn:ietf:params:scim:schemas:extension:ECMA2Host:2.0:User';
      return scim.request('PUT', `/Users/${id('a')}`, { schemas: [urn], [urn]: { id: 'a', title: 'Pilot' } });
    },
    before: { title: 'x' },
    title: 'Pilot',
    first: 200,
    done: 200,
  },
  DELETE: { send: (scim) => scim.delete(id('a')), before: { title: 'x' }, title: undefined, first: 204, done: 404 },
};

interface Outcome {
  /** Makes the first write end so. */
  readonly arrange: (target: FixtureTarget) => void;
  readonly without?: readonly 'lookup'[];
  readonly answer: (write: Write) => number;
  /** Whether the target has done the first one. */
  readonly took: boolean;
  /** The answer to a repetition before anything was decided; undefined when everything is known at once. */
  readonly doubtful?: 503;
}

function lost(): never {
  throw new Error('connection lost');
}

const outcomes: Readonly<Record<string, Outcome>> = {
  done: { arrange: () => {}, answer: ({ first }) => first, took: true },
  'done, and no result said so': {
    arrange: (target) => {
      target.resultOf = () => undefined;
    },
    answer: ({ first }) => first,
    took: true,
  },
  refused: {
    arrange: (target) => {
      target.resultOf = () => 'ExportErrorPermissionIssue';
    },
    answer: () => 403,
    took: false,
  },
  'lost before the target took it, which it was asked about': {
    arrange: (target) => {
      target.onPut = lost;
    },
    answer: () => 500,
    took: false,
  },
  'lost after the target took it, which it was asked about': {
    arrange: (target) => {
      target.afterPut = lost;
    },
    answer: ({ first }) => first,
    took: true,
  },
  'in doubt, and the target had taken it': {
    arrange: (target) => {
      target.afterPut = lost;
    },
    without: ['lookup'],
    answer: () => 503,
    took: true,
    doubtful: 503,
  },
  'in doubt, and the target had not taken it': {
    arrange: (target) => {
      target.onPut = lost;
    },
    without: ['lookup'],
    answer: () => 503,
    took: false,
    doubtful: 503,
  },
};

const table = Object.entries(writes).flatMap(([method, write]) =>
  Object.entries(outcomes).map(([name, outcome]) => ({ method, name, write, outcome })),
);

test.each(table)('$method repeated after it was $name has no second effect', async ({ write, outcome }) => {
  const { target, host, scim } = await fixtureHost(
    { without: outcome.without ?? [] },
    {},
    {
      prepare: (made) => {
        // Without anybody else an import that finds nobody would be held back.
        made.put('other');
        if (write.before !== undefined) made.put('a', write.before);
      },
    },
  );
  outcome.arrange(target);
  expect((await write.send(scim)).status).toBe(outcome.answer(write));
  Object.assign(target, { onPut: () => {}, afterPut: () => {}, resultOf: () => undefined });
  if (outcome.doubtful !== undefined) {
    const sent = target.batches.length;
    expect((await write.send(scim)).status).toBe(503);
    expect(target.batches.length).toBe(sent);
    await host.run('fixture', 'full');
    await until(() => expect(host.connectors[0]?.inDoubt).toEqual([]));
  }
  const sent = target.batches.length;
  expect((await write.send(scim)).status).toBe(outcome.took ? write.done : write.first);
  expect(target.batches.length - sent).toBe(outcome.took ? 0 : 1);
  // And once more, now that it is certainly done.
  expect((await write.send(scim)).status).toBe(write.done);
  expect(target.batches.length - sent).toBe(outcome.took ? 0 : 1);
  expect([...target.objects.keys()].sort()).toEqual(write.title === undefined ? ['other'] : ['a', 'other']);
  if (write.title !== undefined) expect(target.value('a', 'title')).toEqual([write.title]);
});

test('a POST that is sent again while the first is on its way makes no second person where the target makes the anchor', async () => {
  const { target, scim } = await fixtureHost({}, { queryAttribute: 'userName' });
  let made = 0;
  target.resultOf = ({ identifier }) => {
    made += 1;
    return { identifier, errorCode: 'Success', anchorAttributes: [{ name: 'id', value: `made-${made}` }] };
  };
  const slow = gate();
  target.onPut = () => slow.opened;
  const first = scim.create({ userName: 'ann@contoso.example' });
  await until(() => expect(target.batches).toHaveLength(1));
  const second = scim.create({ userName: 'Ann@contoso.example' });
  slow.open();
  expect([(await first).status, (await second).status]).toEqual([201, 409]);
  expect((await second).body).toMatchObject({
    scimType: 'uniqueness',
    detail: expect.stringContaining('userName Ann@contoso.example'),
  });
  expect([...target.objects.keys()]).toEqual(['made-1']);
  expect((await scim.create({ userName: 'bob@contoso.example' })).status).toBe(201);
});
