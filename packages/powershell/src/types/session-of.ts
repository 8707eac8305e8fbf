import type { Session } from '../runtime/session.ts';
import type { CallContext } from './net-type.ts';

/**
 * The session behind a context: for the few members that touch files, the environment or the location. Only a session
 * has a world.
 */
export function sessionOf(context: CallContext): Session {
  if (isSession(context)) return context;
  throw new Error('this member needs a running session');
}

function isSession(context: CallContext): context is Session {
  return 'world' in context && 'location' in context;
}
