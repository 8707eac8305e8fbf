import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { type Problem, problem, toScimError } from '@joinery/problems';
import type { ErrorForm } from '@joinery/runtime';

/** Where a request goes: the routing function of one connector's application. */
export type Route = (request: IncomingMessage, response: ServerResponse) => void;

export interface DispatchOptions {
  /** The application of a connector by its exact name; a problem for one that is configured but not serving. */
  readonly connector: (name: string) => Route | Problem | undefined;
  readonly healthz: Route;
  /** Everything below `/manage/v1`. */
  readonly manage: Route;
  readonly metrics: Route;
}

/** Host sheet 3.1: the fixed parts have no case, the connector's name does. A name needs no percent-encoding (13.1 (14)). */
const CONNECTOR_PATH = /^\/ecma2host_([A-Za-z0-9._-]+)\/scim(?=[/?]|$)/i;

/** What an application routes at all; node's parser knows thirty more. */
const METHODS: ReadonlySet<string | undefined> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** The connector that a request is for, by its path; undefined for health, metrics and management. */
export function connectorNameOf(url: string | undefined): string | undefined {
  return CONNECTOR_PATH.exec(url ?? '')?.[1];
}

/** The path of a connector's SCIM root in canonical spelling. */
export function scimRoot(connector: string): string {
  return `/ecma2host_${connector}/scim`;
}

/**
 * Finds the application of a request by its path and hands it over, with the fixed parts of the path in canonical spelling.
 * Done here and not by one router for all connectors, so that connectors come and go while the host runs.
 */
export function dispatcher({ connector, healthz, manage, metrics }: DispatchOptions): RequestListener {
  return (request, response) => {
    const url = request.url ?? '/';
    const match = CONNECTOR_PATH.exec(url);
    const [matched, name] = match ?? [];
    if (matched === undefined || name === undefined) {
      if (/^\/healthz\/?(?:\?|$)/i.test(url)) healthz(request, response);
      else if (/^\/metrics\/?(?:\?|$)/i.test(url)) metrics(request, response);
      else if (/^\/manage\/v1(?=[/?]|$)/.test(url)) manage(request, response);
      else refuse(response, unknownPath());
      return;
    }
    if (!METHODS.has(request.method)) {
      response.setHeader('allow', [...METHODS].join(', '));
      refuse(response, unknownMethod(request.method));
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
  const body = scimErrors.body(error);
  response.writeHead(error.status, {
    'content-type': scimErrors.contentType,
    'content-length': Buffer.byteLength(body),
    ...(error.retryAfterSeconds === undefined ? {} : { 'retry-after': String(error.retryAfterSeconds) }),
  });
  response.end(body);
}

/** What the listener refuses by itself is answered in the same form. */
export const scimErrors: ErrorForm = {
  contentType: 'application/scim+json; charset=utf-8',
  body: (found) => JSON.stringify(toScimError(found)),
};

function unknownMethod(method: string | undefined): Problem {
  return problem('SCIM_METHOD_NOT_ALLOWED', `There is no ${method} at this address.`);
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
