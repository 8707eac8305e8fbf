import { isProblem, type Problem, problem, toProblem, toScimError } from '@joinery/problems';
import { type Logger, silentLogger } from '@joinery/runtime';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { scimMediaType } from './request.ts';

/**
 * Makes every failure a SCIM error body (RFC 7644 3.12), with `WWW-Authenticate` on 401 and `Retry-After` where the problem
 * names a time. Only faults nobody foresaw are logged: the others are the client's answer.
 * The plugin sets it for itself. What fastify refuses before routing (an address that is not UTF-8) goes through the
 * instance's option `frameworkErrors`, which takes the same function.
 */
export function scimErrorHandler(
  realm: string,
  logger: Logger = silentLogger,
): (error: unknown, request: FastifyRequest, reply: FastifyReply) => void {
  return (error, request, reply) => {
    const found = isProblem(error) ? error : fastifyProblem(error, request);
    if (found.kind === 'internal') {
      logger.error({ code: found.code, error: found.cause ?? found, method: request.method }, 'A SCIM request failed.');
    }
    sendProblem(reply, found, realm);
  };
}

export function sendProblem(reply: FastifyReply, found: Problem, realm: string): void {
  if (found.status === 401) reply.header('www-authenticate', `Bearer realm="${realm.replaceAll(/["\\]/g, '')}"`);
  if (found.retryAfterSeconds !== undefined) reply.header('retry-after', String(Math.ceil(found.retryAfterSeconds)));
  // RFC 9110 12.5.3: which coding would have been taken.
  if (found.place === 'Content-Encoding') reply.header('accept-encoding', 'identity');
  void reply
    .code(found.status)
    .header('content-type', scimMediaType)
    .send(JSON.stringify(toScimError(found)));
}

/** What fastify itself refuses before the handler runs. */
function fastifyProblem(error: unknown, request: FastifyRequest): Problem {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return problem('SCIM_MEDIA_TYPE', 'The body has to be application/scim+json or application/json.', {
        cause: error,
      });
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return problem('SCIM_BODY_TOO_LARGE', tooLarge(request.routeOptions.bodyLimit), { cause: error });
    case 'FST_ERR_BAD_URL':
      return problem('SCIM_NOT_FOUND', 'The address is not percent-encoded UTF-8.', { cause: error });
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return problem('SCIM_BODY_SYNTAX', 'The body is shorter or longer than its header says.', { cause: error });
    case 'ECONNRESET':
      // The caller went away while it sent its body: nothing failed here, and nobody reads the answer.
      if (request.raw.destroyed && !request.raw.complete)
        return problem('SCIM_BODY_SYNTAX', 'The body ended before it was whole.', { cause: error });
      return toProblem(error);
    default:
      return toProblem(error);
  }
}

/** RFC 7644 3.7.4: the answer names the limit. */
function tooLarge(limit: number): string {
  return `The body is larger than the ${limit} bytes that the server reads (maxPayloadSize).`;
}
