import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { type Problem, problem, toScimError } from '@joinery/problems';

/** Where a request goes: the routing function of one connector's application. */
export type Route = (request: IncomingMessage, response: ServerResponse) => void;

export interface DispatchOptions {
  /** The application of a connector by its exact name; a problem for one that is configured but not serving. */
  readonly connector: (name: string) => Route | Problem | undefined;
  readonly healthz: Route;
  /** Everything below `/manage/v1`. */
  readonly manage: Route;
}

/** Host sheet 3.1: the fixed parts have no case, the connector's name does. A name needs no percent-encoding (13.1 (14)). */
const CONNECTOR_PATH = /^\/ecma2host_([A-Za-z0-9._-]+)\/scim(?=[/?]|$)/i;

/** The path of a connector's SCIM root in canonical spelling. */
export function scimRoot(connector: string): string {
  return `/ecma2host_${connector}/scim`;
}

/**
 * Finds the application of a request by its path and hands it over, with the fixed parts of the path in canonical spelling.
 * Done here and not by one router for all connectors, so that connectors come and go while the host runs.
 */
export function dispatcher({ connector, healthz, manage }: DispatchOptions): RequestListener {
  return (request, response) => {
    const url = request.url ?? '/';
    const match = CONNECTOR_PATH.exec(url);
    const [matched, name] = match ?? [];
    if (matched === undefined || name === undefined) {
      if (/^\/healthz\/?(?:\?|$)/i.test(url)) healthz(request, response);
      else if (/^\/manage\/v1(?=[/?]|$)/.test(url)) manage(request, response);
      else refuse(response, unknownPath());
      return;
    }
    const route = connector(name);
    if (typeof route === 'function') {
      request.url = scimRoot(name) + canonicalCache(url.slice(matched.length));
      route(request, response);
    } else refuse(response, route ?? unknownConnector(name));
  };
}

/** `/cache` is the one endpoint below the root that is not SCIM's; the SCIM server matches its own without case. */
function canonicalCache(rest: string): string {
  return /^\/cache\/?(?=\?|$)/i.test(rest) ? rest.replace(/^\/cache\/?/i, '/cache') : rest;
}

/** Answers with a SCIM error, as every answer below a connector is one. */
export function refuse(response: ServerResponse, error: Problem): void {
  const body = JSON.stringify(toScimError(error));
  response.writeHead(error.status, {
    'content-type': 'application/scim+json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    ...(error.retryAfterSeconds === undefined ? {} : { 'retry-after': String(error.retryAfterSeconds) }),
  });
  response.end(body);
}

function unknownPath(): Problem {
  return problem('HOST_PATH_UNKNOWN', 'There is nothing at this address.');
}

function unknownConnector(name: string): Problem {
  return problem(
    'HOST_CONNECTOR_UNKNOWN',
    `There is no connector "${name.slice(0, 64)}"; upper and lower case of the name count.`,
  );
}
