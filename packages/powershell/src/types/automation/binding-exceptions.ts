import type { TypeDescription } from '../net-type.ts';
import { detail, exceptionDescription } from '../system/exceptions/describe-exception.ts';

const space = 'System.Management.Automation';
const base = `${space}.ParameterBindingException`;

/** What a command that is not found and a call that could not be bound throw. */
export const bindingExceptions: readonly TypeDescription[] = [
  exceptionDescription(`${space}.CommandNotFoundException`, `${space}.RuntimeException`, {
    properties: { CommandName: detail('CommandName', 'string') },
  }),
  exceptionDescription(base, `${space}.RuntimeException`, {
    properties: {
      CommandInvocation: detail('CommandInvocation', `${space}.InvocationInfo`),
      ErrorId: detail('ErrorId', 'string'),
      Line: detail('Line', 'long'),
      Offset: detail('Offset', 'long'),
      ParameterName: detail('ParameterName', 'string'),
      ParameterType: detail('ParameterType', 'type'),
      TypeSpecified: detail('TypeSpecified', 'type'),
    },
  }),
  exceptionDescription(`${space}.ParameterBindingValidationException`, base),
  exceptionDescription(`${space}.ParameterBindingArgumentTransformationException`, base),
];
