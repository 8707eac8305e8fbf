import { allParameterSets, type ParameterDeclaration } from '../../binding/parameter.ts';
import { baseOf } from '../../conversion/base.ts';
import { enumerable } from '../../conversion/enumerate.ts';
import { isTrue } from '../../conversion/truth.ts';
import { netTypes } from '../../types/intrinsic.ts';
import { getMember } from '../../types/members.ts';
import { NetType } from '../../types/net-type.ts';
import { Dictionary } from '../../values/dictionary.ts';
import type { Value } from '../../values/value.ts';
import type { Session } from '../session.ts';

/** What a `dynamicparam` block made, as parameters: a dictionary of `RuntimeDefinedParameter` objects. */
export function dynamicParameters(output: readonly Value[], session: Session): readonly ParameterDeclaration[] {
  const found: ParameterDeclaration[] = [];
  for (const one of output) {
    const base = baseOf(one);
    if (!(base instanceof Dictionary)) continue;
    for (const { value } of base.items()) found.push(declarationOf(value, session));
  }
  return found;
}

function declarationOf(value: Value, session: Session): ParameterDeclaration {
  const read = (name: string): Value => getMember(value, name, session);
  const given = read('ParameterType');
  const type = given instanceof NetType ? given : netTypes.object;
  const attributes = [...(enumerable(read('Attributes'), session) ?? [])];
  const parameters = attributes.filter((one) => typeNameOf(one).endsWith('.ParameterAttribute'));
  return {
    name: session.text(read('Name')),
    aliases: [],
    type,
    isSwitch: type === netTypes.switchParameter,
    sets: (parameters.length === 0 ? [null] : parameters).map((one) => entryOf(one, session)),
    attributes: [],
    allowNull: false,
    allowEmptyString: false,
    allowEmptyCollection: false,
    dontShow: false,
    psTypeName: undefined,
  };
}

function typeNameOf(value: Value): string {
  const base = baseOf(value);
  return typeof base === 'object' && base !== null ? base.type.name : '';
}

function entryOf(attribute: Value, session: Session): ParameterDeclaration['sets'][number] {
  const read = (name: string): Value => (attribute === null ? null : getMember(attribute, name, session));
  const set = read('ParameterSetName');
  const position = read('Position');
  return {
    set: set === null ? allParameterSets : session.text(set),
    mandatory: isTrue(read('Mandatory')),
    position: typeof position === 'number' && position >= 0 ? position : undefined,
    fromPipeline: isTrue(read('ValueFromPipeline')),
    fromPipelineByPropertyName: isTrue(read('ValueFromPipelineByPropertyName')),
    fromRemainingArguments: isTrue(read('ValueFromRemainingArguments')),
    helpMessage: '',
  };
}
