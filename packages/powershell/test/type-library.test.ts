import { describe, expect, test } from 'vitest';
import { library } from '../src/types/library.ts';
import { descriptions, openLibrary } from '../src/types/registered.ts';
import { infoOf } from '../src/types/type-info.ts';

openLibrary();
const types = [...library.all()];

describe('every description of the library', () => {
  test('has a name of its own', () => {
    const names = descriptions.map(({ name }) => name.toLowerCase());
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  test.each(types.map((type) => [type.name, type] as const))(
    '%s: every signature is one, and every type it names is known',
    (_name, type) => {
      const info = infoOf(type);
      for (const member of [...info.members.values(), ...info.statics.values()]) {
        if (member.kind === 'property') expect(member.valueType).toBeDefined();
        else expect(member.methods.length).toBeGreaterThan(0);
      }
      expect([...info.constructors, ...info.indexerGet, ...info.indexerSet].every((one) => one.parameters)).toBe(true);
    },
  );
});
