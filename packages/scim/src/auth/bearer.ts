import { problem } from '@joinery/problems';
import { bearerToken } from '@joinery/runtime';
import type { FastifyRequest } from 'fastify';

/** What the server's option `authenticate` takes: it lets a request in, or throws. */
export type Authenticate = (request: FastifyRequest) => void | Promise<void>;

/**
 * Lets in the requests whose bearer token (RFC 6750 2.1) passes the check; the others are SCIM_UNAUTHORIZED, without a word
 * about why. The token is in no message.
 * @param check answers at once where it can, as `TokenCheck.check` of the runtime does; an OAuth check is {@link oauthTokenCheck}
 */
export function bearerAuthentication(check: (token: string) => boolean | Promise<boolean>): Authenticate {
  return (request) => {
    const token = bearerToken(request.headers.authorization);
    if (token === undefined) throw problem('SCIM_UNAUTHORIZED', 'The request carries no bearer token.');
    const verdict = check(token);
    if (typeof verdict === 'boolean') return letIn(verdict);
    return verdict.then(letIn);
  };
}

function letIn(right: boolean): void {
  if (!right) throw problem('SCIM_UNAUTHORIZED', 'The bearer token is not valid.');
}
