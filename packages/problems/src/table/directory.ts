import type { ProblemTable } from '../definition.ts';

export const directoryProblems = {} as const satisfies ProblemTable;
