import type { ProblemTable } from '../definition.ts';

export const powershellProblems = {
  POWERSHELL_PARSE: {
    kind: 'invalid',
    retry: 'never',
    status: 400,
    title: 'A script is not written as PowerShell asks.',
    fix: 'Correct it at the named line and column.',
  },
} as const satisfies ProblemTable;
