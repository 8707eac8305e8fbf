import type { Problem } from '../problem.ts';
import { publicText } from './public-text.ts';

/** The error body of the Graph-compatible API (Graph sheet 6). Real answers spell the inner member `innerError`. */
export interface GraphErrorBody {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly innerError: {
      /** UTC without fraction or zone, as the original writes it: `2026-01-01T00:00:00`. */
      readonly date: string;
      readonly 'request-id': string;
      readonly 'client-request-id': string;
    };
  };
}

export interface GraphErrorContext {
  readonly requestId: string;
  /** The caller's `client-request-id` header; the original repeats its own id where there is none. */
  readonly clientRequestId?: string;
  readonly date: Date;
}

/** Status and body of a Graph answer for a problem. A table entry may name its own word and status; otherwise the status decides. */
export function toGraphError(
  problem: Problem,
  { requestId, clientRequestId, date }: GraphErrorContext,
): { readonly status: number; readonly body: GraphErrorBody } {
  const { graph } = problem.definition;
  const status = graph?.status ?? problem.status;
  return {
    status,
    body: {
      error: {
        code: graph?.code ?? graphCode(status),
        message: publicText(problem),
        innerError: {
          date: date.toISOString().slice(0, 19),
          'request-id': requestId,
          'client-request-id': clientRequestId ?? requestId,
        },
      },
    },
  };
}

/**
 * The code word of a status (Graph sheet 6). For 405, 412, 413 and 415 the sheet has the status phrase only; clients look at the status there,
 * and a code without spaces is what the other words look like.
 */
const codes: ReadonlyMap<number, string> = new Map([
  [400, 'Request_BadRequest'],
  [401, 'InvalidAuthenticationToken'],
  [403, 'Authorization_RequestDenied'],
  [404, 'Request_ResourceNotFound'],
  [405, 'MethodNotAllowed'],
  [409, 'Conflict'],
  [410, 'syncStateNotFound'],
  [412, 'PreconditionFailed'],
  [413, 'RequestEntityTooLarge'],
  [415, 'UnsupportedMediaType'],
  [429, 'TooManyRequests'],
  [501, 'NotImplemented'],
  [502, 'serviceNotAvailable'],
  [503, 'serviceNotAvailable'],
  [504, 'serviceNotAvailable'],
  [507, 'serviceNotAvailable'],
]);

function graphCode(status: number): string {
  return codes.get(status) ?? (status < 500 ? 'Request_BadRequest' : 'generalException');
}
