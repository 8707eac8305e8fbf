import type { AttributeType, Schema, SchemaAttribute, SchemaType } from '@joinery/connector';
import type { EngineTyped, EngineValue } from '@joinery/powershell';
import { attributeOperations, attributeTypes, numberOf } from '../enums.ts';
import { dataOf, ecmaObject, isEcmaObject, labelIn, listIn, textIn } from './typed.ts';

/** A schema on its way into a script: with the anchors that hold, whoever chose them (ECMA sheet 2.2). */
export function schemaValue({ types }: Schema): EngineTyped {
  return ecmaObject(
    'Schema',
    types.map(({ name, lockAnchorDefinition, attributes, possibleDnComponents }) => [
      name,
      lockAnchorDefinition,
      attributes.map(attributeData),
      possibleDnComponents,
    ]),
    null,
  );
}

function attributeData({ name, type, isMultiValued, isAnchor, allowedOperation }: SchemaAttribute): EngineValue {
  const operation = numberOf(attributeOperations, allowedOperation);
  return [name, numberOf(attributeTypes, type), isMultiValued, isAnchor, operation, false];
}

/** The schema that a script made; `undefined` for a value of another type. @throws POWERSHELL_ENGINE_FAULT */
export function readSchema(value: EngineValue): Schema | undefined {
  if (!isEcmaObject(value, 'Schema')) return undefined;
  const [types] = dataOf(value, 'Schema');
  return { types: listIn(types, 'Schema').map(readType) };
}

function readType(value: EngineValue): SchemaType {
  const [name, locked, attributes, components] = listIn(value, 'SchemaType');
  return {
    name: textIn(name, 'SchemaType'),
    lockAnchorDefinition: locked === true,
    possibleDnComponents: listIn(components, 'SchemaType').map((component) => textIn(component, 'SchemaType')),
    attributes: listIn(attributes, 'SchemaType').map(readAttribute),
  };
}

function readAttribute(value: EngineValue): SchemaAttribute {
  const [name, type, isMultiValued, isAnchor, operation] = listIn(value, 'SchemaAttribute');
  return {
    name: textIn(name, 'SchemaAttribute'),
    type: definedType(labelIn(type, attributeTypes, 'SchemaAttribute')),
    isAnchor: isAnchor === true,
    isMultiValued: isMultiValued === true,
    allowedOperation: labelIn(operation, attributeOperations, 'SchemaAttribute'),
  };
}

/** A script may say `Undefined`, which no target's attribute is: it is read as text. */
function definedType(label: (typeof attributeTypes)[number]): AttributeType {
  return label === 'Undefined' ? 'String' : label;
}
