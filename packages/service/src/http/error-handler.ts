import { isProblem, type Problem, problem, toGraphError, toProblem } from '@joinery/problems';
import type { Clock, Logger } from '@joinery/runtime';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/**
 * Answers every fault with the Graph error envelope (graph sheet 6), and with the code of the product's own table in
 * `joinery-problem`, for clients of ours that print it.
 */
export function installErrorHandler(app: FastifyInstance, clock: Clock, logger: Logger): void {
  const answer = (fault: Problem, request: FastifyRequest, reply: FastifyReply): void => {
    const clientRequestId = request.headers['client-request-id'];
    const { status, body } = toGraphError(fault, {
      requestId: request.id,
      ...(typeof clientRequestId === 'string' && { clientRequestId }),
      date: new Date(clock.now()),
    });
    const fields = { requestId: request.id, code: fault.code, status };
    // Nobody waits for the answer to a caller who left, and nothing is amiss.
    if (status >= 500 && fault.code !== 'RUNTIME_CANCELLED')
      logger.error({ ...fields, error: fault }, 'a request failed');
    else logger.debug(fields, 'a request was refused');
    if (fault.retryAfterSeconds !== undefined) reply.header('retry-after', String(fault.retryAfterSeconds));
    if (status === 401) reply.header('www-authenticate', 'Bearer');
    // The body is text already: an answer to a fault must not depend on a route's schema.
    reply
      .code(status)
      .header('joinery-problem', fault.code)
      .type('application/json; charset=utf-8')
      .serializer((payload: unknown) => String(payload))
      .send(JSON.stringify(body));
  };
  app.setErrorHandler((error: FastifyError, request, reply) => answer(problemOf(error), request, reply));
  app.setNotFoundHandler((request, reply) =>
    answer(
      problem('SERVICE_ROUTE_UNKNOWN', `Nothing answers ${request.method} at this address.`, {
        place: request.url.split('?', 1)[0]?.slice(0, 200) ?? '',
      }),
      request,
      reply,
    ),
  );
}

/** Translates what fastify raises by itself; everything else is a problem already or unexpected. */
function problemOf(error: FastifyError): Problem {
  if (isProblem(error)) return error;
  if (error.validation !== undefined) {
    const [first] = error.validation;
    const place = `${error.validationContext ?? 'request'}${first?.instancePath ?? ''}`;
    return problem('SERVICE_REQUEST_INVALID', `The request is not as it must be: ${first?.message ?? 'wrong form'}.`, {
      place,
      cause: error,
    });
  }
  switch (error.code) {
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return problem('SERVICE_MEDIA_TYPE', 'A body here is application/json.', { cause: error });
    case 'FST_ERR_BAD_URL':
      return problem('SERVICE_REQUEST_INVALID', 'The address is not well-formed.', { place: 'address', cause: error });
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return problem('RUNTIME_BODY_TOO_LARGE', 'The request body is too large.', { cause: error });
    default:
      return error.statusCode === 400
        ? problem('SERVICE_REQUEST_INVALID', 'The body is not valid JSON.', { place: 'body', cause: error })
        : toProblem(error);
  }
}
