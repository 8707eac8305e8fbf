import { type FastifyInstance, fastify } from 'fastify';
import type { Random } from '../random.ts';
import { defaultLimits, type ListenerLimits } from './limits.ts';

/**
 * A fastify instance as every server of the product wants it (design decision 11): nothing is coerced or removed from a body,
 * prototype keys in JSON are refused, bodies are bounded, request ids are ours. Requests are logged by the rooms, through the redacting logger.
 * @param limits the same as the listener's
 * @param parseQuery false where every route reads the query string of the raw address by rules of its own: `request.query` is then
 *   empty, and no request pays for parsing it twice. Default true.
 * @param requestIds false where nobody is told of `request.id`: it is then empty, and no request pays for its randomness. Default true.
 */
export function createHttpApp({
  random,
  limits,
  parseQuery = true,
  requestIds = true,
}: {
  readonly random: Random;
  readonly limits?: Partial<ListenerLimits>;
  readonly parseQuery?: boolean;
  readonly requestIds?: boolean;
}): FastifyInstance {
  const { bodyBytes } = { ...defaultLimits, ...limits };
  const app: FastifyInstance = fastify({
    // An address that cannot be decoded meets no route, and is answered in the application's own form all the same.
    frameworkErrors: (error, request, reply) => app.errorHandler(error, request, reply),
    logger: false,
    bodyLimit: bodyBytes,
    genReqId: requestIds ? () => random.uuid() : () => '',
    requestIdHeader: false,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    return503OnClosing: true,
    routerOptions: {
      maxParamLength: 1_024,
      caseSensitive: true,
      ...(parseQuery ? {} : { querystringParser: () => ({}) }),
    },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, allErrors: false } },
  });
  return app;
}
