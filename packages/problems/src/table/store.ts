import type { ProblemTable } from '../definition.ts';

export const storeProblems = {} as const satisfies ProblemTable;
