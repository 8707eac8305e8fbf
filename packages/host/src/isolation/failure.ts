import { isProblem, type ProblemCode, problem, problemTable } from '@joinery/problems';

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

/** True for what {@link toFailure} makes. The sender may be a connector's own code, which can send anything. */
export function isFailure(value: unknown): value is Failure {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  const isText = (name: string): boolean => typeof Reflect.get(value, name) === 'string';
  const isTextOrAbsent = (name: string): boolean => isText(name) || Reflect.get(value, name) === undefined;
  if (value.kind === 'error') return isText('name') && isText('message') && isTextOrAbsent('stack');
  if (value.kind !== 'problem' || !('code' in value) || typeof value.code !== 'string') return false;
  const seconds: unknown = Reflect.get(value, 'retryAfterSeconds');
  return (
    Object.hasOwn(problemTable, value.code) &&
    isText('detail') &&
    isText('fix') &&
    isTextOrAbsent('place') &&
    isTextOrAbsent('cause') &&
    (seconds === undefined || typeof seconds === 'number')
  );
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
