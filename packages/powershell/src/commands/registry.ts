import { moduleCmdlets } from '../modules/cmdlets/index.ts';
import { aliasCmdlets } from './aliases/index.ts';
import { builtInAliases } from './built-in-aliases.ts';
import { dataCmdlets } from './data/index.ts';
import type { CmdletDescription } from './description.ts';
import { itemCmdlets } from './items/index.ts';
import { objectCmdlets } from './objects/index.ts';
import { outputCmdlets } from './output/index.ts';
import { runningCmdlets } from './running/index.ts';
import { securityCmdlets } from './security/index.ts';
import { streamCmdlets } from './streams/index.ts';
import { textCmdlets } from './text/index.ts';
import { timeCmdlets } from './time/index.ts';
import { variableCmdlets } from './variables/index.ts';
import { webCmdlets } from './web/index.ts';
import { xmlCmdlets } from './xml/index.ts';

/** Every cmdlet of the engine. A host program registers more with `Session.register`. */
export const cmdlets: readonly CmdletDescription[] = [
  ...objectCmdlets,
  ...variableCmdlets,
  ...webCmdlets,
  ...aliasCmdlets,
  ...runningCmdlets,
  ...streamCmdlets,
  ...itemCmdlets,
  ...outputCmdlets,
  ...textCmdlets,
  ...moduleCmdlets,
  ...timeCmdlets,
  ...dataCmdlets,
  ...securityCmdlets,
  ...xmlCmdlets,
];

export { builtInAliases };
