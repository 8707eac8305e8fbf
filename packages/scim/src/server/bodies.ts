import { isUtf8 } from 'node:buffer';
import { problem } from '@joinery/problems';
import type { FastifyInstance } from 'fastify';

/**
 * Makes an instance hand SCIM bodies to the handler as text: they are parsed by our own rules (duplicate members, exact
 * integers), which fastify's parser does not have.
 */
export function readScimBodies(app: FastifyInstance, bodyLimit: number): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>(
    ['application/scim+json', 'application/json'],
    { parseAs: 'buffer', bodyLimit },
    (_request, body, done) => {
      if (isUtf8(body)) done(null, body.toString('utf8'));
      else done(problem('SCIM_BODY_SYNTAX', 'The body is not UTF-8.', { place: 'body' }), undefined);
    },
  );
}
