import type { ProblemTable } from '../definition.ts';

export const connectorProblems = {} as const satisfies ProblemTable;
