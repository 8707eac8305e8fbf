import type { AttributeChange, CSEntryChange } from '@joinery/connector';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { URN } from './support/caller.ts';
import { fixtureHost } from './support/fixture-host.ts';

const ids = ['a', 'b', 'c', 'd'] as const;
const attributes = ['title', 'userName'] as const;
const values = ['1', '2', '3'] as const;

/** One thing that happens in the target, and how a changelog may tell of it. */
type Step =
  | {
      readonly kind: 'write';
      readonly id: string;
      readonly whole: Readonly<Record<string, string>>;
      readonly operation: 'Add' | 'Replace';
    }
  | { readonly kind: 'change'; readonly id: string; readonly name: string; readonly value: string | undefined }
  | { readonly kind: 'list'; readonly id: string; readonly came: readonly string[]; readonly went: readonly string[] }
  | { readonly kind: 'remove'; readonly id: string }
  | { readonly kind: 'delta' }
  | { readonly kind: 'full' };

const id = fc.constantFrom(...ids);
const value = fc.constantFrom(...values);
const list = fc.subarray([...values]);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('write' as const),
    id,
    whole: fc.dictionary(fc.constantFrom(...attributes), value, { noNullPrototype: true }),
    operation: fc.constantFrom('Add', 'Replace' as const),
  }),
  fc.record({
    kind: fc.constant('change' as const),
    id,
    name: fc.constantFrom(...attributes),
    value: fc.option(value, { nil: undefined }),
  }),
  fc.record({ kind: fc.constant('list' as const), id, came: list, went: list }),
  fc.record({ kind: fc.constant('remove' as const), id }),
  fc.constantFrom<Step>({ kind: 'delta' }, { kind: 'delta' }, { kind: 'full' }),
);

function entry(
  operation: CSEntryChange['objectModificationType'],
  anchor: string,
  changes: readonly AttributeChange[],
): CSEntryChange {
  return {
    identifier: anchor,
    objectType: 'user',
    objectModificationType: operation,
    anchorAttributes: [{ name: 'id', value: anchor }],
    attributeChanges: changes,
  };
}

function whole(name: string, all: readonly string[], modificationType: 'Add' | 'Replace' = 'Add'): AttributeChange {
  return { name, modificationType, valueChanges: all.map((each) => ({ value: each, modificationType: 'Add' })) };
}

/** What a target of text attributes holds, as callers see it. */
class Model {
  readonly objects = new Map<string, Map<string, readonly string[]>>();

  /** Carries a step out. @returns how a changelog tells of it; undefined when nothing happened */
  apply(each: Step): CSEntryChange | undefined {
    if (each.kind === 'delta' || each.kind === 'full') return undefined;
    const object = this.objects.get(each.id);
    if (each.kind === 'write') {
      const changes = Object.entries(each.whole).map(([name, one]) => whole(name, [one]));
      this.objects.set(each.id, new Map(Object.entries(each.whole).map(([name, one]) => [name, [one]])));
      return entry(each.operation, each.id, changes);
    }
    if (object === undefined) return undefined;
    if (each.kind === 'remove') {
      this.objects.delete(each.id);
      return entry('Delete', each.id, []);
    }
    if (each.kind === 'change') {
      if (each.value === undefined) object.delete(each.name);
      else object.set(each.name, [each.value]);
      const change: AttributeChange =
        each.value === undefined
          ? { name: each.name, modificationType: 'Delete', valueChanges: [] }
          : whole(each.name, [each.value], 'Replace');
      return entry('Update', each.id, [change]);
    }
    const kept = (object.get('objectClass') ?? []).filter((one) => !each.went.includes(one));
    const all = [...kept, ...each.came.filter((one) => !kept.includes(one))];
    if (all.length === 0) object.delete('objectClass');
    else object.set('objectClass', all);
    return entry('Update', each.id, [
      {
        name: 'objectClass',
        modificationType: 'Update',
        valueChanges: [
          ...each.came.map((one) => ({ value: one, modificationType: 'Add' as const })),
          ...each.went.map((one) => ({ value: one, modificationType: 'Delete' as const })),
        ],
      },
    ]);
  }

  get content(): Record<string, unknown> {
    return Object.fromEntries(
      [...this.objects].map(([anchor, object]) => [
        anchor,
        {
          id: anchor,
          ...Object.fromEntries([...object].map(([name, all]) => [name, name === 'objectClass' ? all : all[0]])),
        },
      ]),
    );
  }
}

test('whatever a changelog tells, in whatever pages, a delta leaves what a full import would have brought', {
  timeout: 120_000,
}, async () => {
  const importGuard = { maxDeletes: 1_000, maxDeletePercent: 100, maxBlankPercent: 100 };
  const model = new Model();
  // Somebody is always there: an import that finds nobody is another matter.
  model.objects.set('keep', new Map());
  const { target, host, scim } = await fixtureHost(
    { delta: true },
    { importGuard, runProfiles: { delta: {} } },
    { prepare: (made) => made.put('keep') },
  );
  const run = async (kind: 'delta' | 'full'): Promise<void> => {
    target.objects.clear();
    for (const [anchor, object] of model.objects) target.put(anchor, Object.fromEntries(object));
    const report = await host.run('fixture', kind);
    expect(report).toMatchObject({ outcome: 'finished', kind: `${kind}Import` });
    const { body } = await scim.get('/Users?count=1000');
    expect(body.totalResults).toBe(body.Resources.length);
    const found = body.Resources.map((each: Record<string, { id: string }>) => [each[URN]?.id, each[URN]]);
    expect(Object.fromEntries(found)).toEqual(model.content);
  };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.integer({ min: 1, max: 4 }), async (steps, pageSize) => {
      target.pageSize = pageSize;
      for (const each of steps) {
        if (each.kind === 'delta' || each.kind === 'full') await run(each.kind);
        else {
          const told = model.apply(each);
          if (told !== undefined) target.changes.push(told);
        }
      }
      await run('delta');
    }),
    { numRuns: 150 },
  );
});
