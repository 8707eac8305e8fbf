import { type WebAccess, WebFailure } from '../runtime/web-access.ts';

/** The web of a world without one: no host is granted. */
export const noWeb: WebAccess = {
  send() {
    throw new WebFailure('granted');
  },
};
