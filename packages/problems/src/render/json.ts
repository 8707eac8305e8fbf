import type { ProblemKind, Retry } from '../definition.ts';
import type { Problem } from '../problem.ts';
import type { ProblemCode } from '../table.ts';

/** The plain form of a problem, for `--json` and for logs of runs. */
export interface JsonError {
  readonly code: ProblemCode;
  readonly message: string;
  readonly place?: string;
  readonly fix: string;
  readonly kind: ProblemKind;
  readonly retry: Retry;
  readonly retryAfterSeconds?: number;
}

/** Everything a program needs to decide, in one flat object. Neither cause nor stack. */
export function toJsonError(problem: Problem): JsonError {
  return {
    code: problem.code,
    message: problem.detail,
    ...(problem.place === undefined ? {} : { place: problem.place }),
    fix: problem.fix,
    kind: problem.kind,
    retry: problem.retry,
    ...(problem.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: problem.retryAfterSeconds }),
  };
}
