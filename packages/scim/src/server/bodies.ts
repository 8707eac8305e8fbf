import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import { type Problem, problem } from '@joinery/problems';
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
    (request, body, done) => {
      const foreign = foreignCoding(request.headers);
      if (foreign !== undefined) done(foreign, undefined);
      else if (isUtf8(body)) done(null, body.toString('utf8'));
      else done(problem('SCIM_BODY_SYNTAX', 'The body is not UTF-8.', { place: 'body' }), undefined);
    },
  );
}

/**
 * What the body would have to be decoded from first. Compressed bodies are not taken: a small one may become a huge one
 * (RFC 9110 8.4, 15.5.16). JSON between systems is UTF-8 (RFC 8259 8.1); ASCII is a part of it.
 */
function foreignCoding(headers: IncomingHttpHeaders): Problem | undefined {
  const coding = headers['content-encoding'] ?? 'identity';
  if (coding.trim().toLowerCase() !== 'identity') {
    return problem('SCIM_MEDIA_TYPE', 'The body has to be sent as it is, without a content encoding.', {
      place: 'Content-Encoding',
    });
  }
  const [, charset = 'utf-8'] = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(headers['content-type'] ?? '') ?? [];
  if (/^(?:utf-?8|us-ascii)$/i.test(charset)) return undefined;
  return problem('SCIM_MEDIA_TYPE', 'The body has to be UTF-8.', { place: 'Content-Type' });
}
