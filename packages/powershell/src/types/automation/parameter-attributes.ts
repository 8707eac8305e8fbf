import { objectArray } from '../../values/array.ts';
import { AttributeObject, RuntimeDefinedParameter } from '../../values/attribute-object.ts';
import { ignoreCaseComparer } from '../../values/key-comparer.ts';
import { as, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { GenericDictionary } from '../collections/dictionary.ts';
import { listOf } from '../collections/generic-list.ts';
import { namedType, netTypes } from '../intrinsic.ts';
import { NetType, type Overload, type Property, type TypeDescription } from '../net-type.ts';

const space = 'System.Management.Automation';
const self = (value: Value): AttributeObject => as(value, AttributeObject);

function stored(name: string, type: string, initial: Value): Property {
  return {
    type,
    get: (value) => self(value).values.get(name) ?? initial,
    set: (value, given) => {
      self(value).values.set(name, given);
    },
  };
}

function described(
  name: string,
  base: string,
  properties: Readonly<Record<string, readonly [string, Value]>>,
  { accelerator, constructors }: { accelerator?: string; constructors?: readonly Overload[] } = {},
): TypeDescription {
  return {
    name: `${space}.${name}`,
    kind: 'class',
    base: `${space}.${base}`,
    ...(accelerator === undefined ? {} : { accelerators: [accelerator] }),
    constructors: constructors ?? [
      { signature: 'new()', invoke: (_self, _none, _context, type) => new AttributeObject(type) },
    ],
    properties: Object.fromEntries(
      Object.entries(properties).map(([property, [type, initial]]) => [property, stored(property, type, initial)]),
    ),
  };
}

/** A constructor whose one argument becomes a property. */
function taking(signature: string, property: string): Overload {
  return {
    signature,
    invoke: (_self, [argument], _context, type) => new AttributeObject(type, new Map([[property, argument]])),
  };
}

/** A constructor whose two arguments become properties. */
function takingTwo(argument: string, least: string, most: string): Overload {
  return {
    signature: `new(${argument} ${least}, ${argument} ${most})`,
    invoke: (_self, [first, second], _context, type) =>
      new AttributeObject(
        type,
        new Map([
          [least, first],
          [most, second],
        ]),
      ),
  };
}

const base = (name: string, parent: string): TypeDescription => ({
  name: `${space}.${name}`,
  kind: 'class',
  base: parent,
  isAbstract: true,
  constructors: [{ signature: 'new()', invoke: (_self, _none, _context, type) => new AttributeObject(type) }],
});

const runtimeParameter = (value: Value): RuntimeDefinedParameter => as(value, RuntimeDefinedParameter);

const runtimeDefinedParameter: TypeDescription = {
  name: `${space}.RuntimeDefinedParameter`,
  kind: 'class',
  constructors: [
    {
      signature: 'new()',
      invoke: () => new RuntimeDefinedParameter('', netTypes.object, listOf(netTypes.attribute, [])),
    },
    {
      signature:
        'new(string name, type parameterType, System.Collections.ObjectModel.Collection[System.Attribute] attributes)',
      invoke: (_self, [name, type, attributes]) =>
        new RuntimeDefinedParameter(text(name), as(type, NetType), attributes),
    },
  ],
  properties: {
    Name: {
      type: 'string',
      get: (value) => runtimeParameter(value).name,
      set: (value, name) => {
        runtimeParameter(value).name = text(name);
      },
    },
    ParameterType: {
      type: 'type',
      get: (value) => runtimeParameter(value).parameterType,
      set: (value, type) => {
        runtimeParameter(value).parameterType = as(type, NetType);
      },
    },
    Attributes: {
      type: 'System.Collections.ObjectModel.Collection[System.Attribute]',
      get: (value) => runtimeParameter(value).attributes,
    },
    Value: {
      type: 'System.Object',
      get: (value) => runtimeParameter(value).value,
      set: (value, given) => {
        runtimeParameter(value).value = given;
        runtimeParameter(value).isSet = true;
      },
    },
    IsSet: { type: 'bool', get: (value) => runtimeParameter(value).isSet },
  },
};

const runtimeDefinedParameterDictionary: TypeDescription = {
  name: `${space}.RuntimeDefinedParameterDictionary`,
  kind: 'class',
  base: `System.Collections.Generic.Dictionary\`2[System.String,${space}.RuntimeDefinedParameter]`,
  constructors: [
    {
      signature: 'new()',
      invoke: (_self, _none, _context, type) =>
        new GenericDictionary(type, {
          comparer: ignoreCaseComparer,
          keyType: netTypes.string,
          valueType: namedType(`${space}.RuntimeDefinedParameter`),
        }),
    },
  ],
};

const message = { ErrorMessage: ['string', null] } as const;

/** Attributes of parameters as objects, and what dynamic parameters are made of. */
export const parameterAttributes: readonly TypeDescription[] = [
  { name: 'System.Attribute', kind: 'class', isAbstract: true },
  base('Internal.CmdletMetadataAttribute', 'System.Attribute'),
  base('Internal.ParsingBaseAttribute', `${space}.Internal.CmdletMetadataAttribute`),
  base('ValidateArgumentsAttribute', `${space}.Internal.CmdletMetadataAttribute`),
  base('ValidateEnumeratedArgumentsAttribute', `${space}.ValidateArgumentsAttribute`),
  base('ArgumentTransformationAttribute', `${space}.Internal.CmdletMetadataAttribute`),
  { name: `${space}.IValidateSetValuesGenerator`, kind: 'interface' },
  described(
    'ParameterAttribute',
    'Internal.ParsingBaseAttribute',
    {
      Mandatory: ['bool', false],
      Position: ['int', -2147483648],
      ParameterSetName: ['string', '__AllParameterSets'],
      ValueFromPipeline: ['bool', false],
      ValueFromPipelineByPropertyName: ['bool', false],
      ValueFromRemainingArguments: ['bool', false],
      HelpMessage: ['string', null],
      DontShow: ['bool', false],
    },
    { accelerator: 'parameter' },
  ),
  described(
    'AliasAttribute',
    'Internal.ParsingBaseAttribute',
    { AliasNames: ['string[]', null] },
    { accelerator: 'alias', constructors: [taking('new(params string[] aliasNames)', 'AliasNames')] },
  ),
  described(
    'ValidateSetAttribute',
    'ValidateEnumeratedArgumentsAttribute',
    { ValidValues: ['string[]', objectArray([])], IgnoreCase: ['bool', true], ...message },
    { accelerator: 'validateset', constructors: [taking('new(params string[] validValues)', 'ValidValues')] },
  ),
  described(
    'ValidatePatternAttribute',
    'ValidateEnumeratedArgumentsAttribute',
    { RegexPattern: ['string', ''], ...message },
    { accelerator: 'validatepattern', constructors: [taking('new(string regexPattern)', 'RegexPattern')] },
  ),
  described(
    'ValidateScriptAttribute',
    'ValidateEnumeratedArgumentsAttribute',
    { ScriptBlock: ['scriptblock', null], ...message },
    { accelerator: 'validatescript', constructors: [taking('new(scriptblock scriptBlock)', 'ScriptBlock')] },
  ),
  described('ArgumentTypeConverterAttribute', 'ArgumentTransformationAttribute', {
    TransformNullOptionalParameters: ['bool', true],
  }),
  described(
    'ValidateLengthAttribute',
    'ValidateEnumeratedArgumentsAttribute',
    { MinLength: ['int', 0], MaxLength: ['int', 0] },
    { accelerator: 'validatelength', constructors: [takingTwo('int', 'MinLength', 'MaxLength')] },
  ),
  described(
    'ValidateCountAttribute',
    'ValidateArgumentsAttribute',
    { MinLength: ['int', 0], MaxLength: ['int', 0] },
    { accelerator: 'validatecount', constructors: [takingTwo('int', 'MinLength', 'MaxLength')] },
  ),
  described(
    'ValidateRangeAttribute',
    'ValidateEnumeratedArgumentsAttribute',
    { MinRange: ['System.Object', null], MaxRange: ['System.Object', null] },
    { accelerator: 'validaterange', constructors: [takingTwo('System.Object', 'MinRange', 'MaxRange')] },
  ),
  described('ValidateNotNullAttribute', 'ValidateArgumentsAttribute', {}, { accelerator: 'validatenotnull' }),
  described(
    'ValidateNotNullOrEmptyAttribute',
    'ValidateArgumentsAttribute',
    {},
    { accelerator: 'validatenotnullorempty' },
  ),
  described('AllowNullAttribute', 'Internal.CmdletMetadataAttribute', {}, { accelerator: 'allownull' }),
  described('AllowEmptyStringAttribute', 'Internal.CmdletMetadataAttribute', {}, { accelerator: 'allowemptystring' }),
  described(
    'AllowEmptyCollectionAttribute',
    'Internal.CmdletMetadataAttribute',
    {},
    { accelerator: 'allowemptycollection' },
  ),
  runtimeDefinedParameter,
  runtimeDefinedParameterDictionary,
];
