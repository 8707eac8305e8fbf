import { describe, expect, test } from 'vitest';
import { cmdletParameters } from '../src/binding/cmdlet-parameters.ts';
import { builtInAliases, cmdlets } from '../src/commands/registry.ts';
import { createTypeTable } from '../src/types/table.ts';

const types = createTypeTable();

describe('the cmdlets as data', () => {
  test('have names and aliases of their own', () => {
    const names = cmdlets.map(({ name }) => name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
    const aliases = [...builtInAliases.map(({ name }) => name), ...cmdlets.flatMap(({ aliases: own = [] }) => own)].map(
      (name) => name.toLowerCase(),
    );
    expect(new Set(aliases).size).toBe(aliases.length);
  });

  test.each(cmdlets.map((cmdlet) => [cmdlet.name, cmdlet] as const))(
    '%s names types that there are, and each parameter once',
    (_name, cmdlet) => {
      const { parameters, byName } = cmdletParameters(cmdlet, types);
      expect(byName.size).toBe(parameters.length);
      const words = parameters.flatMap(({ name, aliases }) => [name, ...aliases]).map((word) => word.toLowerCase());
      expect(new Set(words).size).toBe(words.length);
    },
  );

  test('that are approximated say why in a sentence for the check', () => {
    const reasons = cmdlets
      .flatMap(({ coverage, parameters }) => [coverage, ...parameters.map((one) => one.coverage)])
      .flatMap((coverage) => (coverage === undefined || coverage.state === 'covered' ? [] : [coverage.why]));
    expect(reasons.length).toBeGreaterThan(0);
    for (const why of reasons) expect(why).toMatch(/^\S.{8,}[^.]$/);
  });
});
