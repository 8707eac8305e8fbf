import { describe, expect, test } from 'vitest';
import { Scope } from '../src/runtime/scope.ts';
import { SessionState } from '../src/runtime/session-state.ts';
import { Variable } from '../src/runtime/variable.ts';

function scopes(): { outer: Scope; inner: Scope } {
  const state = new SessionState();
  const outer = state.top;
  return { outer, inner: new Scope(state, outer, { layout: new Map([['known', 0]]) }) };
}

describe('a scope', () => {
  test('finds its own variable before that of a parent, whether it has a slot or not', () => {
    const { outer, inner } = scopes();
    for (const name of ['Known', 'Other']) {
      outer.add(new Variable(name, 'outer'));
      expect(inner.find(name.toLowerCase())?.value).toBe('outer');
      inner.add(new Variable(name, 'inner'));
      expect(inner.find(name.toLowerCase())?.value).toBe('inner');
      expect(inner.own(name.toLowerCase())?.name).toBe(name);
    }
    expect(inner.slots[0]?.value).toBe('inner');
  });

  test('hides private variables from the scopes inside of it', () => {
    const { outer, inner } = scopes();
    const secret = new Variable('secret', 1);
    secret.private = true;
    outer.add(secret);
    expect(outer.find('secret')).toBe(secret);
    expect(inner.find('secret')).toBeUndefined();
  });

  test('tells compiled code that a variable is gone', () => {
    const { inner } = scopes();
    const first = new Variable('known', 1);
    inner.add(first);
    inner.add(new Variable('KNOWN', 2));
    expect(first.alive).toBe(false);
    expect(inner.own('known')?.value).toBe(2);
    expect(inner.remove('known')).toBe(true);
    expect(inner.remove('known')).toBe(false);
    expect(inner.own('known')).toBeUndefined();
    expect(inner.slots).toEqual([undefined]);
  });

  test('lists its variables, with and without a slot', () => {
    const { inner } = scopes();
    inner.add(new Variable('other', 1));
    inner.add(new Variable('known', 2));
    expect([...inner.variables()].map(({ name }) => name)).toEqual(['known', 'other']);
  });

  test('takes names of every object for variables like any other', () => {
    const { inner } = scopes();
    for (const name of ['constructor', '__proto__', 'toString']) {
      expect(inner.find(name.toLowerCase())).toBeUndefined();
      inner.add(new Variable(name, name));
      expect(inner.find(name.toLowerCase())?.value).toBe(name);
    }
  });

  test('is a script scope where a file, a module or the session begins', () => {
    const { outer, inner } = scopes();
    const script = new Scope(outer.state, inner, { isScript: true });
    expect(inner.scriptScope).toBe(outer);
    expect(new Scope(outer.state, script).scriptScope).toBe(script);
  });
});

describe('a variable', () => {
  test('is plain while nothing stands between it and a new value', () => {
    const variable = new Variable('x', 1);
    expect(variable.plain).toBe(true);
    variable.check = (value) => value;
    expect(variable.plain).toBe(false);
    variable.check = undefined;
    variable.readOnly = true;
    expect(variable.plain).toBe(false);
    variable.readOnly = false;
    variable.constant = true;
    expect(variable.plain).toBe(false);
  });
});
