import type { ProblemTable } from '../definition.ts';

export const hostProblems = {} as const satisfies ProblemTable;
