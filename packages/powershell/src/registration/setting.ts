import type { CallContext } from '../types/net-type.ts';
import { sessionOf } from '../types/session-of.ts';
import type { Value } from '../values/value.ts';

/** What the host program set under a name (`EngineOptions.settings`); null where it set nothing. */
export function settingOf(context: CallContext, name: string): Value {
  return sessionOf(context).settings.get(name) ?? null;
}
