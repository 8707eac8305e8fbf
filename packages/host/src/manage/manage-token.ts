import { hash, timingSafeEqual } from 'node:crypto';
import { bearerToken } from '@joinery/runtime';

/** Whether the `Authorization` header of a request carries the token of this start of the host; compared in constant time. */
export type Authorizes = (authorization: string | undefined) => boolean;

export function authorizesBy(token: string): Authorizes {
  const expected = hash('sha256', token, 'buffer');
  return (authorization) => {
    const given = bearerToken(authorization);
    return given !== undefined && timingSafeEqual(hash('sha256', given, 'buffer'), expected);
  };
}
