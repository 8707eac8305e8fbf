import { Thrown } from '../../errors/thrown.ts';
import { Variable } from '../../runtime/variable.ts';
import { assignTo } from '../../runtime/variable-access.ts';
import { EnumValue } from '../../values/enum.ts';
import { as, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { VariableObject, variableObject } from '../../values/variable-object.ts';
import { closeType } from '../closed-type.ts';
import { GenericList } from '../collections/generic-list.ts';
import { namedType, netTypes } from '../intrinsic.ts';
import type { TypeDescription } from '../net-type.ts';

const space = 'System.Management.Automation';
const self = (value: Value): VariableObject => as(value, VariableObject);

/** `ScopedItemOptions` of a variable as a number. */
function optionsOf({ readOnly, constant, private: isPrivate, allScope }: Variable): number {
  return (readOnly ? 1 : 0) | (constant ? 2 : 0) | (isPrivate ? 4 : 0) | (allScope ? 8 : 0);
}

function setOptions(variable: Variable, value: Value): void {
  const flags = value instanceof EnumValue ? Number(value.value) : 0;
  variable.readOnly = (flags & 1) !== 0;
  variable.constant = (flags & 2) !== 0;
  variable.private = (flags & 4) !== 0;
  variable.allScope = (flags & 8) !== 0;
}

function made(name: Value, value: Value, options: Value): VariableObject {
  const variable = new Variable(text(name), value);
  setOptions(variable, options);
  return variableObject(variable);
}

/** `[psvariable]` */
export const psVariableDescription: TypeDescription = {
  name: `${space}.PSVariable`,
  kind: 'class',
  accelerators: ['psvariable'],
  constructors: [
    { signature: 'new(string name)', invoke: (_self, [name]) => made(name, null, null) },
    { signature: 'new(string name, System.Object value)', invoke: (_self, [name, value]) => made(name, value, null) },
    {
      signature: `new(string name, System.Object value, ${space}.ScopedItemOptions options)`,
      invoke: (_self, [name, value, options]) => made(name, value, options),
    },
  ],
  properties: {
    Name: { type: 'string', get: (value) => self(value).variable.name },
    Description: {
      type: 'string',
      get: (value) => self(value).variable.description,
      set: (value, given) => {
        self(value).variable.description = text(given);
      },
    },
    Value: {
      type: 'System.Object',
      get: (value) => self(value).variable.value ?? null,
      set: (value, given) => assignTo(self(value).variable, given),
    },
    Visibility: {
      type: `${space}.SessionStateEntryVisibility`,
      get: () => new EnumValue(namedType(`${space}.SessionStateEntryVisibility`), 0),
    },
    Module: { type: `${space}.PSModuleInfo`, get: (value) => self(value).module ?? null },
    ModuleName: { type: 'string', get: (value) => self(value).module?.name ?? '' },
    Options: {
      type: `${space}.ScopedItemOptions`,
      get: (value) => new EnumValue(namedType(`${space}.ScopedItemOptions`), optionsOf(self(value).variable)),
      set: (value, given) => setOptions(self(value).variable, given),
    },
    Attributes: {
      type: 'System.Collections.ObjectModel.Collection[System.Attribute]',
      get: (value) => {
        const type = closeType(namedType('System.Collections.ObjectModel.Collection`1'), [netTypes.attribute]);
        return new GenericList(type, netTypes.attribute, [...self(value).variable.attributes]);
      },
    },
  },
  methods: {
    IsValidValue: [
      {
        signature: 'bool IsValidValue(System.Object value)',
        invoke: (value, [given]) => isValid(self(value).variable, given),
      },
    ],
  },
};

function isValid({ check }: Variable, value: Value): boolean {
  if (check === undefined) return true;
  try {
    check(value);
    return true;
  } catch (error) {
    if (error instanceof Thrown) return false;
    throw error;
  }
}
