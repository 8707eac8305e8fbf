import { type Problem, problem, toProblem } from '@joinery/problems';
import type { Redactor } from '@joinery/runtime';

/** A fault of a whole call to a target, in words for the caller. What is no problem of ours is the connector's own exception. */
export function targetFault(error: unknown, redactor: Redactor): Problem {
  const found = toProblem(error);
  if (found.code !== 'RUNTIME_INTERNAL') return withoutSecrets(found, redactor);
  const text = error instanceof Error ? error.message : 'The connector did not say why.';
  return withoutSecrets(problem('HOST_EXPORT_FAILED', text, { cause: error }), redactor);
}

/**
 * The problem without any secret that a connector's words repeat: drivers quote connection strings, directories the password
 * that they refuse. The cause is kept as text, because it ends up in the log when the secret may be registered no more.
 */
export function withoutSecrets(found: Problem, redactor: Redactor): Problem {
  const { code, detail, place, fix, retryAfterSeconds, cause } = found;
  return problem(code, redactor.text(detail), {
    ...(place === undefined ? {} : { place: redactor.text(place) }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    fix,
    ...(cause === undefined ? {} : { cause: redactor.value(cause) }),
  });
}
