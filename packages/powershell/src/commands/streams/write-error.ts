import { type ErrorCategory, errorCategories } from '../../errors/category.ts';
import { ErrorRecord } from '../../errors/error-record.ts';
import { InvocationInfo } from '../../errors/invocation-info.ts';
import { NetException } from '../../errors/net-exception.ts';
import { FunctionCommand, ScriptFileCommand } from '../../runtime/command.ts';
import { namedType } from '../../types/intrinsic.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { textsOf } from '../items-of.ts';

const either = ['NoException', 'WithException'];

export const writeErrorCmdlet: CmdletDescription = {
  name: 'Write-Error',
  typeName: 'Microsoft.PowerShell.Commands.WriteErrorCommand',
  module: 'Microsoft.PowerShell.Utility',
  defaultSet: 'NoException',
  parameters: [
    { name: 'Exception', type: 'System.Exception', sets: ['WithException'], mandatory: true, position: 0 },
    {
      name: 'Message',
      type: 'string',
      aliases: ['Msg'],
      sets: [{ set: 'NoException', mandatory: true, position: 0, fromPipeline: true }, 'WithException'],
      allowNull: true,
      allowEmptyString: true,
    },
    {
      name: 'ErrorRecord',
      type: 'System.Management.Automation.ErrorRecord',
      sets: ['ErrorRecord'],
      mandatory: true,
      position: 0,
    },
    { name: 'Category', type: 'System.Management.Automation.ErrorCategory', sets: either },
    { name: 'ErrorId', type: 'string', sets: either },
    { name: 'TargetObject', type: 'object', sets: either },
    { name: 'RecommendedAction', type: 'string' },
    { name: 'CategoryActivity', type: 'string', aliases: ['Activity'] },
    { name: 'CategoryReason', type: 'string', aliases: ['Reason'] },
    { name: 'CategoryTargetName', type: 'string', aliases: ['TargetName'] },
    { name: 'CategoryTargetType', type: 'string', aliases: ['TargetType'] },
  ],
  start: (call) => ({
    process() {
      const record = recordOf(call);
      const text = (parameter: string) => textsOf(call.get(parameter))[0] || undefined;
      const action = text('RecommendedAction');
      if (action !== undefined) {
        const message = record.details?.message ?? record.exception.message;
        record.details = { message, recommendedAction: action };
      }
      record.activity = text('CategoryActivity') ?? record.activity ?? 'Write-Error';
      record.reason = text('CategoryReason') ?? record.reason;
      record.targetName = text('CategoryTargetName') ?? record.targetName;
      record.targetTypeName = text('CategoryTargetType') ?? record.targetTypeName;
      placeAtCaller(call, record);
      call.writeError(record);
    },
  }),
};

function recordOf(call: CmdletCall): ErrorRecord {
  const given = call.get('ErrorRecord');
  if (given instanceof ErrorRecord) return copyOf(given);
  const message = textsOf(call.get('Message'))[0] ?? '';
  const exception = call.get('Exception');
  const thrown =
    exception instanceof NetException
      ? exception
      : new NetException(namedType('Microsoft.PowerShell.Commands.WriteErrorException'), message);
  const id = textsOf(call.get('ErrorId'))[0] || thrown.type.name;
  const record = new ErrorRecord(thrown, id, categoryOf(call), call.get('TargetObject') ?? null);
  if (exception instanceof NetException && message !== '') record.details = { message, recommendedAction: '' };
  return record;
}

function copyOf(given: ErrorRecord): ErrorRecord {
  const record = new ErrorRecord(given.exception, given.errorId, given.category, given.target);
  record.activity = given.activity;
  record.reason = given.reason;
  record.targetName = given.targetName;
  record.targetTypeName = given.targetTypeName;
  record.details = given.details;
  return record;
}

function categoryOf(call: CmdletCall): ErrorCategory {
  const name = call.has('Category') ? call.session.text(call.get('Category')) : 'NotSpecified';
  return errorCategories.find((category) => category === name) ?? 'NotSpecified';
}

/** The record is placed where the function that calls was called, not at `Write-Error` itself, and bears that function's name. */
function placeAtCaller(call: CmdletCall, record: ErrorRecord): void {
  record.invocation = call.callerInvocation ?? new InvocationInfo(undefined, 0, 0);
  const command = call.callerInvocation?.command;
  if (command instanceof FunctionCommand || command instanceof ScriptFileCommand) record.commandName = command.name;
}
