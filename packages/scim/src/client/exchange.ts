import { isProblem, problem } from '@joinery/problems';
import { type Clock, systemClock, withDeadline } from '@joinery/runtime';
import { printJson } from '../json/print.ts';
import type { ScimObject } from '../value.ts';
import { answerProblem, readAnswer, type TargetAnswer } from './answer.ts';
import type { ScimClientOptions } from './client-types.ts';
import { redactor } from './redact.ts';

export interface ExchangeRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the base address, e.g. `/Users/2819c223`; segments are encoded already. */
  readonly path: string;
  /** Query parameters in order; the base address's own come first. */
  readonly query?: readonly (readonly [string, string])[];
  readonly body?: { readonly json: string; readonly resource?: ScimObject };
  /** Statuses beside 2xx that the caller understands. */
  readonly understood?: readonly number[];
}

/** One request and its answer, or the problem it stands for. */
export type Exchange = (request: ExchangeRequest, signal: AbortSignal) => Promise<TargetAnswer>;

/**
 * Makes the one function through which a client talks.
 * It throws SCIM_TARGET_UNREACHABLE when there is no answer, RUNTIME_DEADLINE when it does not come in time, the signal's reason,
 * and the problem of every status that is neither 2xx nor understood.
 */
export function createExchange(options: ScimClientOptions): Exchange {
  const base = new URL(options.base);
  const root = base.origin + base.pathname.replace(/\/+$/, '');
  const clock: Clock = options.clock ?? systemClock;
  const timeoutMs = options.timeoutMs ?? 60_000;
  const maxBytes = options.maxAnswerBytes ?? 64 * 1024 * 1024;

  return async ({ method, path, query = [], body, understood = [] }, signal) => {
    const place = `${method} ${path}`;
    const token = await options.token();
    const redact = redactor(token, body?.resource);
    const answer = await withDeadline(clock, timeoutMs, 'The request to the target', signal, async (inner) => {
      try {
        const got = await options.fetch(`${root}${path}${queryString(base.search, query)}`, {
          method,
          headers: headersOf(token, body !== undefined),
          ...(body === undefined ? {} : { body: body.json }),
          signal: inner,
          redirect: 'manual',
        });
        return await readAnswer(got, maxBytes);
      } catch (error) {
        if (isProblem(error)) throw error;
        inner.throwIfAborted();
        throw problem('SCIM_TARGET_UNREACHABLE', 'The target did not answer.', { place, cause: error });
      }
    });
    const good = (answer.status >= 200 && answer.status < 300) || understood.includes(answer.status);
    if (!good) throw answerProblem(answer, place, redact, clock.now());
    return answer;
  };
}

/** A body with the resource in it, so that its passwords are known to the redaction. */
export function jsonBody(resource: ScimObject): { readonly json: string; readonly resource: ScimObject } {
  return { json: printJson(resource), resource };
}

function headersOf(token: string, hasBody: boolean): Record<string, string> {
  return {
    accept: 'application/scim+json, application/json',
    authorization: `Bearer ${token}`,
    ...(hasBody ? { 'content-type': 'application/scim+json; charset=utf-8' } : {}),
  };
}

/** Percent-encoded throughout: some targets do not take `+` for a blank. */
function queryString(search: string, query: readonly (readonly [string, string])[]): string {
  const own = search.replace(/^\?/, '');
  const pairs = query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const all = own === '' ? pairs : [own, ...pairs];
  return all.length === 0 ? '' : `?${all.join('&')}`;
}
