import { isProblem, type ProblemCode, problem } from '@joinery/problems';

/** An error on its way between the host and a runner, which are two memories: a class does not survive the way, these fields do. */
export type Failure =
  | {
      readonly kind: 'problem';
      readonly code: ProblemCode;
      readonly detail: string;
      readonly place: string | undefined;
      readonly fix: string;
      readonly retryAfterSeconds: number | undefined;
      /** The fault underneath, as text for the log. */
      readonly cause: string | undefined;
    }
  | { readonly kind: 'error'; readonly name: string; readonly message: string; readonly stack: string | undefined };

export function toFailure(error: unknown): Failure {
  if (isProblem(error)) {
    const { code, detail, place, fix, retryAfterSeconds, cause } = error;
    return { kind: 'problem', code, detail, place, fix, retryAfterSeconds, cause: textOf(cause) };
  }
  if (error instanceof Error) return { kind: 'error', name: error.name, message: error.message, stack: error.stack };
  return { kind: 'error', name: 'Error', message: String(error), stack: undefined };
}

/** The error as the connector threw it. One that is no problem keeps its name, so that an AbortError is still one. */
export function fromFailure(failure: Failure): Error {
  if (failure.kind === 'problem') {
    const { code, detail, place, fix, retryAfterSeconds, cause } = failure;
    return problem(code, detail, {
      fix,
      ...(place === undefined ? {} : { place }),
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
      ...(cause === undefined ? {} : { cause }),
    });
  }
  const error = new Error(failure.message);
  error.name = failure.name;
  if (failure.stack !== undefined) error.stack = failure.stack;
  return error;
}

function textOf(cause: unknown): string | undefined {
  if (cause === undefined) return undefined;
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}
