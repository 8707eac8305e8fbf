import type { TypeDescription } from '../net-type.ts';
import { hostInfoDescription } from './host-info.ts';
import { pathInfoDescription } from './path-info.ts';
import { psBoundParameters } from './ps-bound-parameters.ts';
import { cmdlet, internalCommand, psCmdlet, psScriptCmdlet } from './ps-script-cmdlet.ts';
import { scriptBlock } from './script-block.ts';
import { semanticVersionDescription } from './semantic-version.ts';
import { steppablePipelineDescription } from './steppable-pipeline.ts';

export const descriptions: readonly TypeDescription[] = [
  hostInfoDescription,
  pathInfoDescription,
  semanticVersionDescription,
  cmdlet,
  psCmdlet,
  psScriptCmdlet,
  psBoundParameters,
  internalCommand,
  scriptBlock,
  steppablePipelineDescription,
];
