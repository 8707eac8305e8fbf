import type { ProblemTable } from '../definition.ts';

export const engineProblems = {} as const satisfies ProblemTable;
