import { problem } from '@joinery/problems';
import type { Clock } from '@joinery/runtime';
import type { FastifyInstance, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Milliseconds that the route's work may take; {@link defaultDeadline} where left out. */
    readonly deadline?: number;
  }
}

/** Milliseconds after which a request's work is called off and answered with 503. */
const defaultDeadline = 60_000;

const signals = new WeakMap<FastifyRequest, AbortSignal>();

/**
 * Gives every request a signal that ends its work when the caller leaves or the deadline is over.
 * Fastify's own listens for the end of the request's stream, which comes as soon as a body was read.
 */
export function installRequestSignals(app: FastifyInstance, clock: Clock): void {
  app.addHook('onRequest', async (request, reply) => {
    const controller = new AbortController();
    const deadline = request.routeOptions.config.deadline ?? defaultDeadline;
    const stop = clock.timer(deadline, () =>
      controller.abort(problem('RUNTIME_DEADLINE', `The request did not end within ${deadline} ms.`)),
    );
    reply.raw.once('close', () => {
      stop();
      if (!reply.raw.writableFinished) controller.abort(problem('RUNTIME_CANCELLED', 'The caller left.'));
    });
    signals.set(request, controller.signal);
  });
}

/** Aborted when the request's caller leaves or its deadline is over. */
export function signalOf(request: FastifyRequest): AbortSignal {
  const signal = signals.get(request);
  // The hook runs before every handler; a request without a signal is one of another application.
  if (signal === undefined) throw problem('RUNTIME_INTERNAL', 'A request has no signal.');
  return signal;
}
