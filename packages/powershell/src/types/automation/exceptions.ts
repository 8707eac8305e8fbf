import { recordOf } from '../../errors/record-of.ts';
import type { Property, TypeDescription } from '../net-type.ts';
import { detail, exceptionDescription, exceptionOf } from '../system/exceptions/describe-exception.ts';
import { automationExceptions } from './exception-table.ts';

const recordProperty = {
  ErrorRecord: {
    type: 'System.Management.Automation.ErrorRecord',
    get: (self: Parameters<typeof exceptionOf>[0]) => recordOf(exceptionOf(self)) ?? null,
  },
} as const;

/** Properties that single exceptions add. */
const own = new Map<string, Readonly<Record<string, Property>>>([
  [
    'Microsoft.PowerShell.Commands.HttpResponseException',
    { Response: detail('Response', 'System.Net.Http.HttpResponseMessage') },
  ],
  [
    'System.Management.Automation.ScriptRequiresException',
    {
      CommandName: detail('CommandName', 'string'),
      RequiresPSVersion: detail('RequiresPSVersion', 'version'),
      MissingPSSnapIns: detail('MissingPSSnapIns', 'System.Collections.Generic.IEnumerable[string]'),
    },
  ],
  [
    'System.Management.Automation.RuntimeException',
    { WasThrownFromThrowStatement: { type: 'bool', get: (self) => exceptionOf(self).wasThrown } },
  ],
  ['System.Management.Automation.CommandNotFoundException', { CommandName: detail('CommandName', 'string') }],
  [
    'System.Management.Automation.ParameterBindingException',
    {
      ParameterName: detail('ParameterName', 'string'),
      ParameterType: detail('ParameterType', 'type'),
      TypeSpecified: detail('TypeSpecified', 'type'),
      ErrorId: detail('ErrorId', 'string'),
    },
  ],
  [
    'System.Management.Automation.ParseException',
    { Errors: detail('Errors', 'System.Management.Automation.Language.ParseError[]') },
  ],
]);

/** Exceptions of PowerShell that come from a base of .NET, and so bring the property with their record themselves. */
function withRecord(base: string): boolean {
  return !base.startsWith('System.Management.Automation.') && !base.startsWith('System.Net.');
}

export const exceptions: readonly TypeDescription[] = [
  ...automationExceptions.map(([name, base]) =>
    exceptionDescription(name, base, { properties: { ...(withRecord(base) ? recordProperty : {}), ...own.get(name) } }),
  ),
];
