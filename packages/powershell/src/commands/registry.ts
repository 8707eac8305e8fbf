import type { TypeDescription } from '../types/net-type.ts';
import { aliasCmdlets } from './aliases/index.ts';
import { builtInAliases } from './built-in-aliases.ts';
import type { CmdletDescription } from './description.ts';
import { memberTypesDescribed } from './objects/get-member.ts';
import { groupTypes } from './objects/group-object.ts';
import { objectCmdlets } from './objects/index.ts';
import { measureTypes } from './objects/measure-object.ts';
import { outputCmdlets } from './output/index.ts';
import { callStackTypes } from './running/get-ps-call-stack.ts';
import { runningCmdlets } from './running/index.ts';
import { streamCmdlets } from './streams/index.ts';
import { variableCmdlets } from './variables/index.ts';

/** Every cmdlet of the engine. A host program registers more with `Session.register`. */
export const cmdlets: readonly CmdletDescription[] = [
  ...objectCmdlets,
  ...variableCmdlets,
  ...aliasCmdlets,
  ...runningCmdlets,
  ...streamCmdlets,
  ...outputCmdlets,
];

/** Types of objects that only cmdlets make. */
export const cmdletTypes: readonly TypeDescription[] = [
  ...groupTypes,
  ...measureTypes,
  ...memberTypesDescribed,
  ...callStackTypes,
];

export { builtInAliases };
