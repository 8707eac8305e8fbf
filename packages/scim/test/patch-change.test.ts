import { isObject, PATCH_OP_URN, parseAttributePath, parsePatch, replaceWith, type ScimObject } from '@joinery/scim';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ENT, groups, users } from './server-under-test.ts';

function patch(...operations: readonly ScimObject[]): ScimObject {
  return { schemas: [PATCH_OP_URN], Operations: operations };
}

const user: ScimObject = {
  schemas: [users.core.urn],
  id: '1',
  userName: 'u',
  name: { givenName: 'a', familyName: 'b' },
  emails: [
    { type: 'work', value: 'w' },
    { type: 'home', value: 'h' },
  ],
};

describe('the set of changes', () => {
  test('names what a store must write, and nothing else', () => {
    const { changes, resource } = parsePatch(
      patch(
        { op: 'replace', path: 'name.givenName', value: 'x' },
        { op: 'replace', path: 'userName', value: 'u' },
        { op: 'remove', path: 'title' },
        { op: 'add', path: `${ENT}:department`, value: 'd' },
        { op: 'replace', path: 'emails[type eq "home"].value', value: 'new' },
      ),
      users,
    ).apply(user);
    expect(changes.map((change) => ({ ...change, path: change.path.text }))).toEqual([
      { kind: 'set', path: 'name.givenName', value: 'x' },
      { kind: 'set', path: `${ENT}:department`, value: 'd' },
      {
        kind: 'elements',
        path: 'emails',
        removed: [{ type: 'home', value: 'h' }],
        added: [{ type: 'home', value: 'new' }],
      },
    ]);
    expect(resource.schemas).toEqual([users.core.urn, ENT]);
  });

  test('is empty, and the resource the very same, when nothing changes', () => {
    const outcome = parsePatch(patch({ op: 'replace', path: 'name', value: { givenName: 'a' } }), users).apply(user);
    expect(outcome).toEqual({ resource: user, changed: false, changes: [] });
    expect(outcome.resource).toBe(user);
  });

  test('never writes to the resource it starts from', () => {
    const frozen = deepFreeze(structuredClone(user));
    const change = parsePatch(
      patch(
        { op: 'add', path: 'emails', value: [{ type: 'work', value: 'w', primary: true }] },
        { op: 'replace', path: 'emails[type eq "home"].primary', value: true },
        { op: 'replace', path: 'name.givenName', value: 'x' },
      ),
      users,
    );
    expect(change.apply(frozen).changed).toBe(true);
    expect(frozen).toEqual(user);
  });
});

describe('edits of references', () => {
  const members = parseAttributePath('members', groups);
  const group: ScimObject = { id: 'g', displayName: 'G' };

  test('say what happens to members without reading them', () => {
    const change = parsePatch(
      patch(
        { op: 'Add', path: 'members', value: [{ value: 'a', $ref: null }, 'b'] },
        { op: 'Remove', path: 'members', value: [{ value: 'c' }] },
        { op: 'remove', path: 'members[value eq "d" or value eq "e"]' },
        { op: 'replace', path: 'members', value: [] },
        { op: 'replace', path: 'displayName', value: 'H' },
      ),
      groups,
    );
    expect(change.referenceEdits(members)).toEqual([
      { kind: 'add', elements: [{ value: 'a' }, { value: 'b' }] },
      { kind: 'remove', values: ['c'] },
      { kind: 'remove', values: ['d', 'e'] },
      { kind: 'replace', elements: [] },
    ]);
    const { changes } = change.apply(group, { detached: new Set([members]) });
    expect(changes.map((each) => each.path.text)).toEqual(['displayName']);
  });

  test('are not offered where the outcome depends on what is there', () => {
    const change = parsePatch(patch({ op: 'remove', path: 'members[display sw "A"]' }), groups);
    expect(change.referenceEdits(members)).toBeUndefined();
    expect(parsePatch(patch({ op: 'add', path: 'displayName', value: 'x' }), groups).referenceEdits(members)).toEqual(
      [],
    );
  });

  test('lead to the same members as the change applied to the whole group, and need no look at them', () => {
    const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'B'), { maxLength: 3 });
    const operation = fc.oneof(
      ids.map((values): ScimObject => ({ op: 'Add', path: 'members', value: values.map((value) => ({ value })) })),
      ids.map((values): ScimObject => ({ op: 'Remove', path: 'members', value: values })),
      ids.map((values): ScimObject => ({ op: 'replace', path: 'members', value: values })),
      ids
        .filter((values) => values.length > 0)
        .map((values): ScimObject => {
          const filter = values.map((value) => `value eq "${value}"`).join(' or ');
          return { op: 'remove', path: `members[${filter}]` };
        }),
      fc.constant<ScimObject>({ op: 'remove', path: 'members' }),
    );
    fc.assert(
      fc.property(ids, fc.array(operation, { minLength: 1, maxLength: 4 }), (before, operations) => {
        const change = parsePatch(patch(...operations), groups);
        const whole = change.apply({ ...group, members: before.map((value) => ({ value })) }).resource.members;
        const kept = new Set<string>(before);
        for (const edit of change.referenceEdits(members) ?? []) {
          if (edit.kind === 'replace') kept.clear();
          if (edit.kind === 'remove') for (const value of edit.values) kept.delete(value);
          else for (const { value } of edit.elements) kept.add(String(value));
        }
        const applied = Array.isArray(whole) ? whole.map((each) => String(each.value)) : [];
        expect(new Set(applied)).toEqual(kept);
        expect(applied).toHaveLength(kept.size);
        // A store that keeps members apart hands over a group whose members may not be read.
        const sealed = new Proxy(group, {
          get: (target, name) => {
            if (name === 'members') throw new Error('The members were read.');
            return Reflect.get(target, name);
          },
        });
        expect(change.apply(sealed, { detached: new Set([members]) }).changed).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  test('of a PUT replace the collection', () => {
    const change = replaceWith({ displayName: 'G', members: [{ value: 'a' }] }, groups);
    expect(change.referenceEdits(members)).toEqual([{ kind: 'replace', elements: [{ value: 'a' }] }]);
  });
});

describe('PUT', () => {
  test('S-136 clears what is absent and keeps what the client cannot send', () => {
    const current: ScimObject = { ...user, groups: [{ value: 'g' }], title: 't', [ENT]: { department: 'd' } };
    const { resource, changed } = replaceWith({ id: 'other', userName: 'U', name: { givenName: 'n' } }, users).apply(
      current,
    );
    expect(changed).toBe(true);
    expect(resource).toEqual({
      schemas: [users.core.urn],
      id: '1',
      userName: 'U',
      name: { givenName: 'n' },
      groups: [{ value: 'g' }],
    });
  });
});

function deepFreeze(value: ScimObject): ScimObject {
  for (const each of Object.values(value)) {
    if (Array.isArray(each)) for (const item of each) if (isObject(item)) deepFreeze(item);
    if (isObject(each)) deepFreeze(each);
  }
  return Object.freeze(value);
}
