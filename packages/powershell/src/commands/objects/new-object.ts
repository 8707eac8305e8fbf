import { typeOfText } from '../../classes/type-scope.ts';
import { baseOf } from '../../conversion/base.ts';
import { ErrorRecord } from '../../errors/error-record.ts';
import { Thrown } from '../../errors/thrown.ts';
import { netTypes } from '../../types/intrinsic.ts';
import { wrapInvocation } from '../../types/member-errors.ts';
import { setMember } from '../../types/members.ts';
import type { NetType } from '../../types/net-type.ts';
import { construct } from '../../types/static-members.ts';
import { shortName } from '../../types/type-display.ts';
import { Dictionary } from '../../values/dictionary.ts';
import { PSCustomObject } from '../../values/ps-object.ts';
import type { Value } from '../../values/value.ts';
import { cmdletError, exceptionOf } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { itemsOf, textsOf } from '../items-of.ts';
import { matchMembers } from './member-match.ts';

export const newObject: CmdletDescription = {
  name: 'New-Object',
  typeName: 'Microsoft.PowerShell.Commands.NewObjectCommand',
  module: 'Microsoft.PowerShell.Utility',
  defaultSet: 'Net',
  parameters: [
    { name: 'TypeName', type: 'string', sets: ['Net'], mandatory: true, position: 0 },
    { name: 'ArgumentList', type: 'object[]', aliases: ['Args'], sets: ['Net'], position: 1 },
    { name: 'Property', type: 'System.Collections.IDictionary' },
  ],
  leftOut: {
    ComObject: 'there is no COM outside of Windows',
    Strict: 'there is no COM outside of Windows',
  },
  start: (call) => ({
    begin() {
      const name = textsOf(call.get('TypeName'))[0] ?? '';
      const type = typeOfText(name, call.session);
      if (type === undefined) return call.fail(typeNotFound(name));
      const made = create(call, type, itemsOf(call.get('ArgumentList')));
      const properties = baseOf(call.get('Property'));
      if (properties instanceof Dictionary) setProperties(call, made, properties);
      call.write(made);
    },
  }),
};

function typeNotFound(name: string): ErrorRecord {
  return cmdletError(
    'TypeNotFound',
    `Cannot find type [${name}]: verify that the assembly containing this type is loaded.`,
    {
      type: 'System.Management.Automation.PSArgumentException',
      category: 'InvalidType',
      details: { ParamName: 'TypeName' },
    },
  );
}

function create(call: CmdletCall, type: NetType, args: readonly Value[]): Value {
  if (args.length === 0) {
    if (type === netTypes.psObject || type === netTypes.psCustomObject) return new PSCustomObject();
    const { zero, kind } = type.description;
    if (zero !== undefined && (kind === 'struct' || kind === 'enum')) return zero(type);
  }
  try {
    return construct(type, args, call.session, 'new', shortName(type));
  } catch (error) {
    // Constructors of classes throw as they are, but not through a cmdlet.
    const isClass = type.description.isScriptDefined === true;
    return call.fail(constructionFailed(isClass ? wrapInvocation(error, '.ctor', args.length) : error, type));
  }
}

function constructionFailed(error: unknown, type: NetType): ErrorRecord {
  if (error instanceof Thrown && error.record.errorId === 'MethodCountCouldNotFindBest') {
    return cmdletError(
      'CannotFindAppropriateCtor',
      `A constructor was not found. Cannot find an appropriate constructor for type ${type.name}.`,
      {
        type: 'System.Management.Automation.PSArgumentException',
        category: 'ObjectNotFound',
        details: { ParamName: 'TypeName' },
      },
    );
  }
  return new ErrorRecord(exceptionOf(error), 'ConstructorInvokedThrowException', 'InvalidOperation');
}

/** Properties that the object has are set; a custom object gets those it lacks. */
function setProperties(call: CmdletCall, target: Value, properties: Dictionary): void {
  for (const { key, value } of properties.items()) {
    const name = call.session.text(key);
    if (target instanceof PSCustomObject) {
      target.members.set(name.toLowerCase(), { kind: 'note', name, value });
    } else if (matchMembers(target, name, call.session).length === 0) {
      call.fail(
        cmdletError('InvalidOperationException', `The member "${name}" was not found for the specified .NET object.`, {
          category: 'InvalidOperation',
          target: name,
        }),
      );
    } else {
      try {
        setMember(target, name, value, call.session);
      } catch (error) {
        const message =
          'The value supplied is not valid, or the property is read-only. Change the value, and then try again.';
        call.fail(cmdletError('InvalidValue', message, { inner: exceptionOf(error), target: value }));
      }
    }
  }
}
