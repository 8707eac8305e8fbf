import { toProblem } from '@joinery/problems';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readScimBodies } from './bodies.ts';
import { scimErrorHandler } from './errors.ts';
import { createScimHandler } from './handler.ts';
import { defaultScimLimits } from './limits.ts';
import type { ScimServerOptions } from './options.ts';
import { pathBelow } from './path.ts';
import type { MaybePromise } from './storage.ts';

/**
 * The SCIM server as a fastify plugin: `app.register(scimServer, { prefix: '/scim', resourceTypes, storage, authenticate })`.
 * It answers everything below its prefix, errors included, and nothing outside it.
 */
export async function scimServer(app: FastifyInstance, options: ScimServerOptions): Promise<void> {
  const handler = createScimHandler(options, app.prefix);
  const bodyLimit = options.limits?.bodyBytes ?? defaultScimLimits.bodyBytes;
  readScimBodies(app, bodyLimit);
  app.setErrorHandler(scimErrorHandler(options.realm ?? 'scim', options.logger));
  for (const check of [options.authenticate, options.admit]) {
    if (check !== undefined) app.addHook('onRequest', (request, _reply, done) => runCheck(check, request, done));
  }
  const route = (request: FastifyRequest, reply: FastifyReply): MaybePromise<void> =>
    handler(request, reply, pathBelow(request.raw.url ?? '', app.prefix.length));
  // One wildcard instead of a route each: segments match without regard to case, and every refusal is a SCIM error.
  for (const url of ['/', '/*']) app.route({ method: [...app.supportedMethods], url, handler: route, bodyLimit });
}

/** The caller is let in before the body is read. A check that answers at once costs no turn of the event loop. */
function runCheck(
  check: ScimServerOptions['authenticate'],
  request: FastifyRequest,
  done: (error?: Error) => void,
): void {
  let verdict: void | Promise<void>;
  try {
    verdict = check(request);
  } catch (error) {
    // A hook with a callback has to hand its error on; fastify does not catch it.
    done(toProblem(error));
    return;
  }
  if (verdict === undefined) done();
  else
    verdict.then(
      () => done(),
      (error: unknown) => done(toProblem(error)),
    );
}
