import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { type Problem, problem } from '@joinery/problems';
import type { ListenerLimits } from './limits.ts';

/** How a listener words what it refuses itself. */
export interface ErrorForm {
  readonly contentType: string;
  body(found: Problem): string;
}

export const plainErrors: ErrorForm = {
  contentType: 'application/json',
  body: ({ code, detail }) => JSON.stringify({ error: { code, message: detail } }),
};

/** Answers a request with a problem instead of handing it to the application. */
export function refuse(response: ServerResponse, found: Problem, form: ErrorForm, close: boolean): void {
  const body = form.body(found);
  if (close) response.setHeader('connection', 'close');
  response.writeHead(found.status, {
    'content-type': form.contentType,
    'content-length': Buffer.byteLength(body),
    ...(found.retryAfterSeconds === undefined ? {} : { 'retry-after': String(Math.ceil(found.retryAfterSeconds)) }),
  });
  response.end(body);
}

/**
 * Answers what is no request at all, and closes: after bytes that cannot be read, nothing on the connection can be told apart.
 * Where an earlier request has its answer still to come, the connection can only be broken: this one would be taken for it.
 */
export function refuseBytes(socket: Socket, found: Problem, form: ErrorForm, answering: boolean): void {
  if (!socket.writable || answering) {
    socket.destroy();
    return;
  }
  const body = form.body(found);
  const head = [
    `HTTP/1.1 ${found.status} ${STATUS_CODES[found.status] ?? ''}`,
    `content-type: ${form.contentType}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** What node's parser found wrong, as a problem; undefined for what is no HTTP at all: connections that broke, hand-shakes that failed. */
export function parserProblem(error: Error, limits: ListenerLimits): Problem | undefined {
  const code = 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      // The parser does not say which of its two limits it met.
      return problem(
        'RUNTIME_HEADERS_TOO_LARGE',
        `The headers are larger than ${limits.headerBytes} bytes, or far more than ${limits.headerCount}.`,
      );
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return problem('RUNTIME_REQUEST_TIMEOUT', 'The request did not arrive whole in time.');
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return problem('RUNTIME_BODY_TOO_LARGE', 'The chunk extensions of the body are too large.');
    default:
      if (!code.startsWith('HPE_')) return undefined;
      return problem('RUNTIME_REQUEST_MALFORMED', 'What arrived is not an HTTP/1.1 request.', { cause: error });
  }
}

/** What is wrong with a request before anybody looks at what it asks for. */
export function requestProblem(
  request: IncomingMessage,
  limits: ListenerLimits,
  boundsBodies: boolean,
): Problem | undefined {
  if (request.rawHeaders.length > limits.headerCount * 2)
    return problem('RUNTIME_HEADERS_TOO_LARGE', `The request has more than ${limits.headerCount} headers.`);
  if (boundsBodies && Number(request.headers['content-length'] ?? 0) > limits.bodyBytes)
    return problem('RUNTIME_BODY_TOO_LARGE', `The request body is larger than ${limits.bodyBytes} bytes.`);
  return undefined;
}
