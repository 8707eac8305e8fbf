import type { ProblemTable } from '../definition.ts';

export const runtimeProblems = {
  RUNTIME_CANCELLED: {
    kind: 'unavailable',
    retry: 'backoff',
    status: 503,
    title: 'The work was cancelled before it ended.',
    fix: 'Start it again; every step can be repeated safely.',
  },
  RUNTIME_DEADLINE: {
    kind: 'unavailable',
    retry: 'backoff',
    status: 503,
    title: 'The work did not end within its deadline.',
    fix: 'Look at what it was waiting for; raise the time-out setting if the target is simply slow.',
  },
  RUNTIME_INTERNAL: {
    kind: 'internal',
    retry: 'backoff',
    status: 500,
    title: 'An unexpected fault in Joinery.',
    fix: 'Report it with the log lines around it; nothing was assumed to have succeeded.',
  },
} as const satisfies ProblemTable;
