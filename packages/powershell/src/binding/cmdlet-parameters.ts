import type { CmdletDescription, CmdletParameter, CmdletValidation } from '../commands/description.ts';
import { netTypes } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import type { TypeTable } from '../types/table.ts';
import type { ParameterAttribute } from './attribute.ts';
import { leaveWords } from './attributes/leave-words.ts';
import { validateCount } from './attributes/validate-count.ts';
import { validateNotNull, validateNotNullOrEmpty } from './attributes/validate-not-null.ts';
import { validateRange } from './attributes/validate-range.ts';
import { validateSet } from './attributes/validate-set.ts';
import {
  allParameterSets,
  type ParameterDeclaration,
  type ParameterSetEntry,
  type ParameterTable,
} from './parameter.ts';

/** The parameters of a cmdlet, as the binder sees them. A type name that no type has is a mistake of the description. */
export function cmdletParameters(cmdlet: CmdletDescription, types: TypeTable): ParameterTable {
  const parameters = cmdlet.parameters.map((one) => declaration(one, cmdlet.name, types));
  return {
    parameters,
    byName: new Map(parameters.map((one) => [one.name.toLowerCase(), one])),
    setNames: [...new Set(parameters.flatMap((one) => one.sets.map(({ set }) => set)))],
    defaultSet: cmdlet.defaultSet,
    isAdvanced: true,
    positionalBinding: true,
    supportsShouldProcess: cmdlet.supportsShouldProcess ?? false,
  };
}

function declaration(parameter: CmdletParameter, cmdlet: string, types: TypeTable): ParameterDeclaration {
  const type = typeNamed(parameter.type, types);
  if (type === undefined)
    throw new Error(`parameter ${parameter.name} of ${cmdlet} has an unknown type ${parameter.type}`);
  return {
    name: parameter.name,
    aliases: parameter.aliases ?? [],
    type,
    isSwitch: type === netTypes.switchParameter,
    sets: entries(parameter),
    attributes: [...transformations(parameter), ...validations(parameter.validate ?? {})],
    allowNull: parameter.allowNull ?? false,
    allowEmptyString: parameter.allowEmptyString ?? false,
    allowEmptyCollection: parameter.allowEmptyCollection ?? false,
    dontShow: false,
    psTypeName: undefined,
    numbersAsWritten: parameter.numbersAsWritten ?? false,
    isDynamic: parameter.isDynamic ?? false,
  };
}

function typeNamed(name: string, types: TypeTable): NetType | undefined {
  if (name === 'object') return netTypes.object;
  return name === 'psobject' ? netTypes.psObject : types.parse(name);
}

function entries(parameter: CmdletParameter): readonly ParameterSetEntry[] {
  const own = {
    mandatory: parameter.mandatory ?? false,
    position: parameter.position,
    fromPipeline: parameter.fromPipeline ?? false,
    fromPipelineByPropertyName: parameter.fromPipelineByPropertyName ?? false,
    fromRemainingArguments: parameter.fromRemainingArguments ?? false,
    helpMessage: '',
  };
  return (parameter.sets ?? [allParameterSets]).map((set) =>
    typeof set === 'string' ? { ...own, set } : { ...own, ...set },
  );
}

function transformations({ transform }: CmdletParameter): readonly ParameterAttribute[] {
  if (transform === undefined) return [];
  const typeName = 'System.Management.Automation.ArgumentTransformationAttribute';
  return [{ typeName, kind: 'transformation', apply: transform }];
}

function validations({
  set,
  range,
  count,
  notNull,
  notNullOrEmpty,
  leaves,
}: CmdletValidation): readonly ParameterAttribute[] {
  return [
    ...(set === undefined ? [] : [validateSet(set)]),
    ...(range === undefined ? [] : [validateRange(range[0], range[1])]),
    ...(count === undefined ? [] : [validateCount(count[0], count[1])]),
    ...(notNull ? [validateNotNull] : []),
    ...(notNullOrEmpty ? [validateNotNullOrEmpty] : []),
    ...(leaves === undefined ? [] : [leaveWords(leaves)]),
  ];
}
