import type { AttributeArguments } from '../../binding/attributes/attribute-arguments.ts';
import { constructorProperties } from '../../binding/attributes/constructor-properties.ts';
import { valueAttribute } from '../../binding/attributes/value-attribute.ts';
import { allParameterSets, type ParameterDeclaration } from '../../binding/parameter.ts';
import { baseOf } from '../../conversion/base.ts';
import { enumerable } from '../../conversion/enumerate.ts';
import { isTrue } from '../../conversion/truth.ts';
import { netTypes } from '../../types/intrinsic.ts';
import { getMember } from '../../types/members.ts';
import { NetType } from '../../types/net-type.ts';
import { AttributeObject } from '../../values/attribute-object.ts';
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
  const objects = attributes.map(baseOf).filter((one) => one instanceof AttributeObject);
  const has = (ending: string): boolean => objects.some((one) => one.type.name.endsWith(`.${ending}Attribute`));
  return {
    name: session.text(read('Name')),
    aliases: objects
      .filter((one) => one.type.name.endsWith('.AliasAttribute'))
      .flatMap((one) => [...(enumerable(one.values.get('AliasNames') ?? null, session) ?? [])])
      .map((one) => session.text(one)),
    type,
    isSwitch: type === netTypes.switchParameter,
    sets: (parameters.length === 0 ? [null] : parameters).map((one) => entryOf(one, session)),
    attributes: objects.map((one) => valueAttribute(argumentsOf(one), session)).filter((one) => one !== undefined),
    allowNull: has('AllowNull'),
    allowEmptyString: has('AllowEmptyString'),
    allowEmptyCollection: has('AllowEmptyCollection'),
    dontShow: false,
    psTypeName: undefined,
  };
}

/** An attribute that was made as an object, as if it were written before a parameter. */
function argumentsOf({ type, values }: AttributeObject): AttributeArguments {
  const name = type.name.slice(type.name.lastIndexOf('.') + 1).replace(/Attribute$/, '');
  const ofConstructor = constructorProperties.get(name) ?? [];
  const named = [...values].filter(([property]) => !ofConstructor.includes(property));
  return {
    name: name.toLowerCase(),
    ast: undefined,
    positional: ofConstructor.flatMap((property) => (values.has(property) ? [values.get(property)] : [])),
    named: new Map(named.map(([property, value]) => [property.toLowerCase(), value])),
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
