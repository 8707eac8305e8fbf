import type { IncomingMessage, ServerResponse } from 'node:http';
import { BlockList, isIPv6 } from 'node:net';
import { problem, toProblem } from '@joinery/problems';
import type { Logger } from '@joinery/runtime';
import { type Route, refuse } from '../listener/dispatch.ts';
import type { HostMetrics } from './host-metrics.ts';

export interface MetricsRouteOptions {
  readonly metrics: Pick<HostMetrics, 'text' | 'contentType'>;
  /** Whether the header of a request lets it see what an administrator sees. */
  readonly authorizes: (authorization: string | undefined) => boolean;
  readonly logger: Logger;
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** What a proxy on this machine adds to the request of somebody elsewhere. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'];

/**
 * `/metrics`: whoever asks from this machine itself may read them, everybody else with the token of the management. They hold no
 * secret, but how many people there are and how writes end is nobody's business on the network.
 */
export function metricsRoute({ metrics, authorizes, logger }: MetricsRouteOptions): Route {
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD');
      refuse(response, problem('SCIM_METHOD_NOT_ALLOWED', 'Metrics can only be read.'));
    } else if (!isLocal(request) && !authorizes(request.headers.authorization)) {
      response.setHeader('www-authenticate', 'Bearer realm="manage"');
      refuse(
        response,
        problem('HOST_MANAGE_DENIED', 'From another machine, metrics need the token of the management.'),
      );
    } else {
      metrics.text().then(
        (text) => send(response, metrics.contentType, text),
        (error: unknown) => {
          logger.error({ error }, 'the metrics could not be told');
          refuse(response, toProblem(error));
        },
      );
    }
  };
}

function isLocal({ socket, headers }: IncomingMessage): boolean {
  const address = socket.remoteAddress ?? '';
  const direct = FORWARDED.every((name) => headers[name] === undefined);
  return direct && loopback.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

function send(response: ServerResponse, contentType: string, text: string): void {
  response.writeHead(200, { 'content-type': contentType, 'content-length': Buffer.byteLength(text) });
  response.end(text);
}
