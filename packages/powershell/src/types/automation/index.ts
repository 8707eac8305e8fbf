import type { TypeDescription } from '../net-type.ts';
import { hostInfoDescription } from './host-info.ts';
import { pathInfoDescription } from './path-info.ts';
import { psBoundParameters } from './ps-bound-parameters.ts';
import { cmdlet, psCmdlet, psScriptCmdlet } from './ps-script-cmdlet.ts';
import { semanticVersionDescription } from './semantic-version.ts';

export const descriptions: readonly TypeDescription[] = [
  hostInfoDescription,
  pathInfoDescription,
  semanticVersionDescription,
  cmdlet,
  psCmdlet,
  psScriptCmdlet,
  psBoundParameters,
];
