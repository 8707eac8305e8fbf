import { astTypes } from '../language/ast-types.ts';
import { parserTypes } from '../language/parser.ts';
import type { TypeDescription } from '../net-type.ts';
import { bindingExceptions } from './binding-exceptions.ts';
import { callEnums } from './call-enums.ts';
import { commandInfoFamily } from './command-info.ts';
import { driveInfoDescription } from './drive-info.ts';
import { enums } from './enums.ts';
import { errorRecordFamily } from './error-record.ts';
import { exceptions } from './exceptions.ts';
import { hostInfoDescription } from './host-info.ts';
import { invocationInfoDescription } from './invocation-info.ts';
import { languagePrimitivesDescription } from './language-primitives.ts';
import { memberCollection } from './member-collection.ts';
import { memberObjectFamily } from './member-objects.ts';
import { operatorTypes } from './operator-types.ts';
import { parameterAttributes } from './parameter-attributes.ts';
import { pathInfoDescription } from './path-info.ts';
import { providerInfoDescription } from './provider-info.ts';
import { psBoundParameters } from './ps-bound-parameters.ts';
import { psCustomObjectDescription, psObjectDescription } from './ps-object.ts';
import { referenceDescriptions } from './ps-reference.ts';
import { cmdlet, internalCommand, psCmdlet, psScriptCmdlet } from './ps-script-cmdlet.ts';
import { psVariableDescription } from './ps-variable.ts';
import { scriptBlock } from './script-block.ts';
import { semanticVersionDescription } from './semantic-version.ts';
import { steppablePipelineDescription } from './steppable-pipeline.ts';
import { streamRecordFamily } from './stream-records.ts';
import { switchParameterDescription } from './switch-parameter.ts';

export const descriptions: readonly TypeDescription[] = [
  hostInfoDescription,
  pathInfoDescription,
  driveInfoDescription,
  providerInfoDescription,
  semanticVersionDescription,
  cmdlet,
  psCmdlet,
  psScriptCmdlet,
  psBoundParameters,
  internalCommand,
  scriptBlock,
  steppablePipelineDescription,
  switchParameterDescription,
  ...enums,
  ...exceptions,
  ...bindingExceptions,
  ...astTypes,
  ...parserTypes,
  ...errorRecordFamily,
  ...commandInfoFamily,
  ...memberObjectFamily,
  memberCollection,
  languagePrimitivesDescription,
  psObjectDescription,
  psCustomObjectDescription,
  ...referenceDescriptions,
  psVariableDescription,
  invocationInfoDescription,
  ...streamRecordFamily,
  ...callEnums,
  ...parameterAttributes,
  ...operatorTypes,
];
