import { bindingError } from '../../binding/binding-error.ts';
import { baseOf } from '../../conversion/base.ts';
import type { Value } from '../../values/value.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';

const typeName = 'Microsoft.PowerShell.Commands.SetStrictModeCommand';

export const setStrictMode: CmdletDescription = {
  name: 'Set-StrictMode',
  typeName,
  module: 'Microsoft.PowerShell.Core',
  defaultSet: 'Version',
  parameters: [
    { name: 'Off', type: 'switch', sets: ['Off'], mandatory: true },
    { name: 'Version', type: 'object', aliases: ['v'], sets: ['Version'], mandatory: true },
  ],
  start: (call) => ({
    end() {
      call.scope.strictVersion = call.has('Version') ? strictVersion(call, call.get('Version')) : 0;
    },
  }),
};

const majors = [1, 2, 3, 4, 5, 6, 7];

/** `Latest` is as strict as 3, which is as strict as it gets; the version must be one of PowerShell's. */
function strictVersion(call: CmdletCall, given: Value): number {
  const text = call.session.text(baseOf(given)).trim();
  if (text.toLowerCase() === 'latest') return 3;
  const bound = { errorName: typeName, invocation: call.invocation, activity: 'Set-StrictMode' };
  const major = /^(\d+)(?:\.\d+){0,3}$/.exec(text)?.[1];
  if (major === undefined) {
    throw bindingError(
      bound,
      'CannotConvertArgumentNoMessage',
      `Cannot bind parameter 'Version'. Cannot convert value "${text}" to type "System.Version". Error: "Version string portion was too short or too long. (Parameter 'input')"`,
      { parameter: 'Version' },
    );
  }
  if (!majors.includes(Number(major))) {
    const version = text.includes('.') ? text : `${text}.0`;
    throw bindingError(
      bound,
      'ParameterArgumentValidationError',
      `Cannot validate argument on parameter 'Version'. The value '${version}' is not a valid Windows PowerShell version, supply a valid value and try the command again.`,
      { kind: 'validation', parameter: 'Version' },
    );
  }
  return Math.min(Number(major), 3);
}
