import type { ProblemTable } from '../definition.ts';

export const serviceProblems = {} as const satisfies ProblemTable;
