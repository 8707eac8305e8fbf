import { problem } from '@joinery/problems';
import { bearerToken, type Random, TokenCheck } from '@joinery/runtime';
import type { FastifyRequest } from 'fastify';

/** Lets requests in that carry the connector's own secret token (host sheet 3.2). */
export class BearerCheck {
  readonly #tokens: TokenCheck;

  /** @param hash as `hashToken` made it */
  constructor(hash: string, random: Random) {
    this.#tokens = new TokenCheck([hash], random);
  }

  /** @throws SCIM_UNAUTHORIZED for a missing or wrong token; RUNTIME_TOKEN_BUSY */
  readonly check = (request: FastifyRequest): void | Promise<void> => {
    const token = bearerToken(request.headers.authorization);
    if (token === undefined) throw refused('The request carries no bearer token.');
    const outcome = this.#tokens.check(token);
    if (outcome === true) return;
    if (outcome === false) throw refused('The token is not the one of this connector.');
    return outcome.then((matches) => {
      if (!matches) throw refused('The token is not the one of this connector.');
    });
  };
}

function refused(sentence: string): Error {
  return problem('SCIM_UNAUTHORIZED', sentence);
}
