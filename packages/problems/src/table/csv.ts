import type { ProblemTable } from '../definition.ts';

export const csvProblems = {} as const satisfies ProblemTable;
