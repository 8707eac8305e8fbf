import type { Exchange } from '../../../../../testing/directories/exchange.ts';
import type { FakeServerOptions } from '../../../../../testing/directories/fake-server.ts';

type Kind = Exchange['request']['kind'];

/** Answers requests of the kinds that are named by what the test says, and all others as usual. */
export function script(acts: Partial<Record<Kind, (exchange: Exchange) => void>>): FakeServerOptions {
  return {
    answer: (exchange) => {
      const act = acts[exchange.request.kind];
      act?.(exchange);
      return act !== undefined;
    },
  };
}

/** Answers every bind with a result code. */
export function bindsEndWith(code: number, diagnostic = ''): FakeServerOptions {
  return script({ bind: (exchange) => exchange.done(code, { diagnostic }) });
}
