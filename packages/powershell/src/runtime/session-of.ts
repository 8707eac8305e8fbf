import type { CallContext } from '../types/net-type.ts';
import type { Session } from './session.ts';

/** The session that a member of a type runs in: for the few types that are about commands and scopes. */
export function sessionOf(context: CallContext): Session {
  if (isSession(context)) return context;
  throw new Error('members of this type run in a session only');
}

function isSession(context: CallContext): context is Session {
  return 'findCommand' in context && 'frame' in context;
}
