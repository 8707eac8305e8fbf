import { describe, expect, test } from 'vitest';
import { openRunspace } from './runspace-in-process.ts';

describe('what would be longer than the process can hold', () => {
  for (const script of [
    '[int[]]::new(2000000000)',
    '[int[,]]::new(60000, 60000)',
    '[array]::CreateInstance([int], 2000000000)',
    '$a = 1, 2; [array]::Resize([ref]$a, 2000000000)',
    '[System.Collections.ArrayList]::Repeat(1, 2000000000)',
    "(1..3).Where($null, 'First', 2000000000)",
    '[bigint]::Pow(10, 2000000000)',
  ]) {
    test(`${script} is an error of the script, not the end of the process`, () => {
      const { run } = openRunspace();
      expect(run(`try { ${script} } catch [OutOfMemoryException] { 'refused' }`)).toEqual(['refused']);
    });
  }
});
