import type { TypeDescription } from '../net-type.ts';
import { exceptionDescription, exceptionOf } from '../system/exceptions/describe-exception.ts';
import { automationExceptions } from './exception-table.ts';

const recordProperty = {
  ErrorRecord: {
    type: 'System.Management.Automation.ErrorRecord',
    get: (self: Parameters<typeof exceptionOf>[0]) => exceptionOf(self).record ?? null,
  },
} as const;

/** Exceptions of PowerShell that come from a base of .NET, and so bring the property with their record themselves. */
function withRecord(base: string): boolean {
  return !base.startsWith('System.Management.Automation.');
}

export const exceptions: readonly TypeDescription[] = [
  exceptionDescription('System.Management.Automation.RuntimeException', 'System.SystemException', {
    message: 'System error.',
    properties: { ...recordProperty, WasThrownFromThrowStatement: { type: 'bool', get: () => false } },
  }),
  ...automationExceptions.map(([name, base]) =>
    exceptionDescription(name, base, withRecord(base) ? { properties: recordProperty } : {}),
  ),
];
