import type { TypeDescription } from '../net-type.ts';
import { callEnums } from './call-enums.ts';
import { hostInfoDescription } from './host-info.ts';
import { operatorTypes } from './operator-types.ts';
import { parameterAttributes } from './parameter-attributes.ts';
import { pathInfoDescription } from './path-info.ts';
import { psBoundParameters } from './ps-bound-parameters.ts';
import { cmdlet, internalCommand, psCmdlet, psScriptCmdlet } from './ps-script-cmdlet.ts';
import { scriptBlock } from './script-block.ts';
import { semanticVersionDescription } from './semantic-version.ts';
import { steppablePipelineDescription } from './steppable-pipeline.ts';
import { switchParameterDescription } from './switch-parameter.ts';

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
  switchParameterDescription,
  ...callEnums,
  ...parameterAttributes,
  ...operatorTypes,
];
