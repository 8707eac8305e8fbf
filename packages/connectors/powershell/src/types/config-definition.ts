import { itemsOf, type Overload, type TypeDescription, type Value } from '@joinery/powershell/registration';
import { configParameterTypes, numberOf } from '../enums.ts';
import { ecma, ecmaEnum, ecmaType } from './namespace.ts';
import { RecordObject, recordType } from './record.ts';

/*
 * `ConfigParameterDefinition`, which only its own factories make (ECMA sheet 2.5). Scripts of the PowerShell connector never do.
 */

type Kind = (typeof configParameterTypes)[number];

/** A parameter of a factory and the property that it sets. */
type Setting = readonly [parameter: string, property: string];

const name: Setting = ['string name', 'Name'];
const validation: Setting = ['string validation', 'Validation'];
const initial: Setting = ['string defaultValue', 'DefaultValue'];
const extensible: Setting = ['bool extensible', 'DropDownExtensible'];
const choices: Setting = ['string values', 'Validation'];
const choiceList: Setting = ['string[] values', 'Validation'];

const factories: readonly (readonly [method: string, kind: Kind, forms: readonly (readonly Setting[])[]])[] = [
  [
    'CreateStringParameter',
    'String',
    [
      [name, validation],
      [name, validation, initial],
    ],
  ],
  [
    'CreateEncryptedStringParameter',
    'EncryptedString',
    [
      [name, validation],
      [name, validation, initial],
    ],
  ],
  ['CreateLabelParameter', 'Label', [[['string text', 'Text']]]],
  ['CreateTextParameter', 'Text', [[name], [name, initial]]],
  [
    'CreateDropDownParameter',
    'DropDown',
    [
      [name, choices, extensible],
      [name, choices, extensible, initial],
      [name, choiceList, extensible],
      [name, choiceList, extensible, initial],
    ],
  ],
  ['CreateCheckBoxParameter', 'CheckBox', [[name], [name, ['bool checkBoxDefault', 'CheckBoxDefault']]]],
  ['CreateDividerParameter', 'Divider', [[]]],
  ['CreateFileParameter', 'File', [[name], [name, initial]]],
];

const text = { type: 'string' };
const flag = { type: 'bool', initial: () => false };

function overload(method: string, kind: Kind, settings: readonly Setting[]): Overload {
  return {
    signature: `static ${ecma}.ConfigParameterDefinition ${method}(${settings.map(([parameter]) => parameter).join(', ')})`,
    invoke: (_self, args, context) => {
      const values = new Map<string, Value>([
        ['Type', ecmaEnum('ConfigParameterType', numberOf(configParameterTypes, kind))],
        ['CheckBoxDefault', false],
        ['DropDownExtensible', false],
      ]);
      for (const [at, setting] of settings.entries()) {
        const value = args[at] ?? null;
        // The choices of a list are one text, with commas between them.
        values.set(setting[1], setting === choiceList ? itemsOf(value, context).join(',') : value);
      }
      return new RecordObject(ecmaType('ConfigParameterDefinition'), values);
    },
  };
}

const described = recordType('ConfigParameterDefinition', {
  properties: {
    Name: text,
    Type: { type: `${ecma}.ConfigParameterType` },
    Text: text,
    Validation: text,
    DefaultValue: text,
    CheckBoxDefault: flag,
    DropDownExtensible: flag,
  },
  constructors: [],
});

export const configDefinitionTypes: readonly TypeDescription[] = [
  {
    ...described,
    staticMethods: Object.fromEntries(
      factories.map(([method, kind, forms]) => [method, forms.map((settings) => overload(method, kind, settings))]),
    ),
  },
];
