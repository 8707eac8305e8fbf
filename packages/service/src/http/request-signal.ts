import { problem } from '@joinery/problems';
import type { Clock } from '@joinery/runtime';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Milliseconds that the route's work may take; {@link defaultDeadline} where left out. */
    readonly deadline?: number;
  }
}

/** Milliseconds after which a request's work is called off and answered with 503. */
const defaultDeadline = 60_000;

/** A request whose work can be called off. */
interface Running {
  readonly reply: FastifyReply;
  readonly clock: Clock;
  signal: AbortSignal | undefined;
}

const running = new WeakMap<FastifyRequest, Running>();

/**
 * Lets every request have a signal that ends its work when the caller leaves or the deadline is over. It is made when it is first asked
 * for: a read that is answered at once never does, and a controller with its timer and listener costs a good part of such a read.
 * Fastify's own listens for the end of the request's stream, which comes as soon as a body was read.
 */
export function installRequestSignals(app: FastifyInstance, clock: Clock): void {
  app.addHook('onRequest', (request, reply, done) => {
    running.set(request, { reply, clock, signal: undefined });
    done();
  });
}

/** Aborted when the request's caller leaves or its deadline is over, which runs from the first call. */
export function signalOf(request: FastifyRequest): AbortSignal {
  const entry = running.get(request);
  // The hook runs before every handler; a request without an entry is one of another application.
  if (entry === undefined) throw problem('RUNTIME_INTERNAL', 'A request has no signal.');
  entry.signal ??= startSignal(entry, request.routeOptions.config.deadline ?? defaultDeadline);
  return entry.signal;
}

function startSignal({ reply, clock }: Running, deadline: number): AbortSignal {
  const controller = new AbortController();
  const stop = clock.timer(deadline, () =>
    controller.abort(problem('RUNTIME_DEADLINE', `The request did not end within ${deadline} ms.`)),
  );
  const close = (): void => {
    stop();
    if (!reply.raw.writableFinished) controller.abort(problem('RUNTIME_CANCELLED', 'The caller left.'));
  };
  if (reply.raw.closed) close();
  else reply.raw.once('close', close);
  return controller.signal;
}
