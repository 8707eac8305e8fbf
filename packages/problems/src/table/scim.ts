import type { ProblemTable } from '../definition.ts';

export const scimProblems = {} as const satisfies ProblemTable;
