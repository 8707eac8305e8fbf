import type { ProblemTable } from '../definition.ts';

export const cliProblems = {} as const satisfies ProblemTable;
