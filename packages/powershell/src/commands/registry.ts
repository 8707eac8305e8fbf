import { builtInAliases } from './built-in-aliases.ts';
import type { CmdletDescription } from './description.ts';

/** Every cmdlet of the engine. A host program registers more with `Session.register`. */
export const cmdlets: readonly CmdletDescription[] = [];

export { builtInAliases };
