import type { ProblemTable } from '../definition.ts';

export const expressionsProblems = {} as const satisfies ProblemTable;
