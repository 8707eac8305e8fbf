import { describe, expect, test } from 'vitest';
import { Thrown } from '../src/errors/thrown.ts';
import answers from './fixtures/statements.json' with { type: 'json' };
import { openRunspace } from './runspace-in-process.ts';

/**
 * Scripts with what PowerShell 7.6 answered: outputs as texts with a bar between them and a tilde for a line end, or the
 * error that ended the script; then the errors shown, as `id line:column`.
 */
describe('statements answer as PowerShell does', () => {
  for (const [index, { script, output, errors }] of answers.entries()) {
    test(`${index + 1}: ${script}`, () => {
      const { run, errors: shown } = openRunspace();
      expect({ output: answer(() => run(script)), errors: shown().join(' ; ') }).toEqual({ output, errors });
    });
  }
});

function answer(run: () => string[]): string {
  try {
    return run().join('|').replaceAll('\n', '~');
  } catch (error) {
    if (error instanceof Thrown) return `TERM ${error.record.fullyQualifiedErrorId}`;
    throw error;
  }
}
