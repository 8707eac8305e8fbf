import type { CmdletDescription } from '../commands/description.ts';
import type { TypeDescription } from '../types/net-type.ts';

/** What a host program adds to the language. The check takes the same, so that it knows what a run does. */
export interface Registration {
  readonly types?: readonly TypeDescription[];
  readonly cmdlets?: readonly CmdletDescription[];
}
