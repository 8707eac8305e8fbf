import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { type Clock, createHttpApp, type Logger, type Random } from '@joinery/runtime';
import type { App } from '../graph/route-context.ts';
import { installErrorHandler } from './error-handler.ts';
import { installRequestSignals } from './request-signal.ts';
import { installSchemaCompilers } from './schema-compilers.ts';

const longestRequestId = 200;

/** The application without routes: schemas both ways, Graph's error envelope and headers (graph sheet 2). */
export function createServiceApp(clock: Clock, random: Random, logger: Logger): App {
  const app = createHttpApp({ random }).withTypeProvider<TypeBoxTypeProvider>();
  installSchemaCompilers(app);
  installErrorHandler(app, clock, logger);
  acceptEmptyBodies(app);
  installRequestSignals(app, clock);
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('request-id', request.id);
    const given = request.headers['client-request-id'];
    if (typeof given === 'string' && given.length <= longestRequestId) reply.header('client-request-id', given);
    done();
  });
  return app;
}

/** Actions arrive with `Content-Length: 0` and a content type all the same (graph sheet 2). */
function acceptEmptyBodies(app: App): void {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, null);
    else parseJson(request, body, done);
  });
}
