import { problem } from '@joinery/problems';
import { bearerToken } from '@joinery/runtime';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { signalOf } from '../http/request-signal.ts';
import type { Authenticator, Caller } from './caller.ts';

const callers = new WeakMap<FastifyRequest, Caller>();

/** Lets nobody past without a token that one of the authenticators knows (graph sheet 2); for every route of `app`. */
export function requireCaller(app: FastifyInstance, authenticators: readonly Authenticator[]): void {
  app.addHook('onRequest', async (request) => {
    const token = bearerToken(request.headers.authorization);
    if (token === undefined) throw refused('Access token is empty.');
    for (const authenticate of authenticators) {
      const answer = authenticate(token, () => signalOf(request));
      const caller = answer instanceof Promise ? await answer : answer;
      if (caller === undefined) continue;
      callers.set(request, caller);
      return;
    }
    throw refused('Access token validation failure.');
  });
}

/** Who the request comes from. */
export function callerOf(request: FastifyRequest): Caller {
  const caller = callers.get(request);
  // Only a route outside requireCaller gets here; better refused than served.
  if (caller === undefined) throw refused('Access token is empty.');
  return caller;
}

function refused(detail: string): Error {
  return problem('SERVICE_TOKEN_REFUSED', detail);
}
