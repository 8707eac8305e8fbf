import { namedType, netTypes } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { allParameterSets, type ParameterDeclaration, type ParameterTable } from './parameter.ts';

const actionPreference = 'System.Management.Automation.ActionPreference';

/** The parameters of every advanced function and cmdlet, in PowerShell's order. */
export const commonParameters: readonly ParameterDeclaration[] = [
  common('Verbose', 'vb', netTypes.switchParameter),
  common('Debug', 'db', netTypes.switchParameter),
  common('ErrorAction', 'ea', namedType(actionPreference)),
  common('WarningAction', 'wa', namedType(actionPreference)),
  common('InformationAction', 'infa', namedType(actionPreference)),
  common('ProgressAction', 'proga', namedType(actionPreference)),
  common('ErrorVariable', 'ev', netTypes.string),
  common('WarningVariable', 'wv', netTypes.string),
  common('InformationVariable', 'iv', netTypes.string),
  common('OutVariable', 'ov', netTypes.string),
  common('OutBuffer', 'ob', netTypes.int32),
  common('PipelineVariable', 'pv', netTypes.string),
];

/** Those of commands with `SupportsShouldProcess`. */
export const shouldProcessParameters: readonly ParameterDeclaration[] = [
  common('WhatIf', 'wi', netTypes.switchParameter),
  common('Confirm', 'cf', netTypes.switchParameter),
];

/** Every parameter of a command, the common ones it has included: what `Get-Command` shows. */
export function allParameters(table: ParameterTable): readonly ParameterDeclaration[] {
  return [
    ...table.parameters,
    ...(table.isAdvanced ? commonParameters : []),
    ...(table.supportsShouldProcess ? shouldProcessParameters : []),
  ];
}

function common(name: string, alias: string, type: NetType): ParameterDeclaration {
  return {
    name,
    aliases: [alias],
    type,
    isSwitch: type === netTypes.switchParameter,
    sets: [
      {
        set: allParameterSets,
        mandatory: false,
        position: undefined,
        fromPipeline: false,
        fromPipelineByPropertyName: false,
        fromRemainingArguments: false,
        helpMessage: '',
      },
    ],
    attributes: [],
    allowNull: false,
    allowEmptyString: false,
    allowEmptyCollection: false,
    dontShow: false,
    psTypeName: undefined,
  };
}
