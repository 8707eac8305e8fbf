import { baseOf } from '../../conversion/base.ts';
import { enumerable } from '../../conversion/enumerate.ts';
import { ErrorRecord } from '../../errors/error-record.ts';
import { invokeMember } from '../../types/members.ts';
import { Dictionary } from '../../values/dictionary.ts';
import { ScriptBlock } from '../../values/script-block.ts';
import type { Value } from '../../values/value.ts';
import { exceptionOf } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription, CmdletSteps } from '../description.ts';
import { itemsOf } from '../items-of.ts';
import { inputErrors } from './input-errors.ts';
import { isMethod, matchMembers, propertyValue } from './member-match.ts';

const blocks = ['ScriptBlockSet'];
const member = ['PropertyAndMethodSet'];

export const forEachObject: CmdletDescription = {
  name: 'ForEach-Object',
  typeName: 'Microsoft.PowerShell.Commands.ForEachObjectCommand',
  module: 'Microsoft.PowerShell.Core',
  defaultSet: 'ScriptBlockSet',
  supportsShouldProcess: true,
  parameters: [
    { name: 'InputObject', type: 'object', fromPipeline: true, allowNull: true },
    { name: 'Begin', type: 'scriptblock', sets: blocks },
    {
      name: 'Process',
      type: 'scriptblock[]',
      sets: blocks,
      mandatory: true,
      position: 0,
      allowNull: true,
      allowEmptyCollection: true,
    },
    { name: 'End', type: 'scriptblock', sets: blocks },
    {
      name: 'RemainingScripts',
      type: 'scriptblock[]',
      sets: blocks,
      fromRemainingArguments: true,
      allowNull: true,
      allowEmptyCollection: true,
    },
    {
      name: 'MemberName',
      type: 'string',
      sets: member,
      mandatory: true,
      position: 0,
      validate: { notNullOrEmpty: true },
    },
    { name: 'ArgumentList', type: 'object[]', aliases: ['Args'], sets: member, fromRemainingArguments: true },
  ],
  leftOut: {
    Parallel: 'nothing runs beside the script',
    ThrottleLimit: 'nothing runs beside the script',
    TimeoutSeconds: 'nothing runs beside the script',
    AsJob: 'nothing runs beside the script',
    UseNewRunspace: 'nothing runs beside the script',
  },
  start: (call) => (call.parameterSet === 'PropertyAndMethodSet' ? memberSteps(call) : blockSteps(call)),
};

/**
 * `-Begin`, `-Process`, `-End` and blocks by position are one list: of several, the first is the beginning, and of more
 * than two the last is the end, unless `-End` was given.
 */
function blockSteps(call: CmdletCall): CmdletSteps {
  const list = [...itemsOf(call.get('Process')), ...itemsOf(call.get('RemainingScripts'))];
  if (call.has('Begin')) list.unshift(call.get('Begin'));
  const first = list.length > 1 ? list.shift() : undefined;
  const last = call.has('End') || list.length < 2 ? call.get('End') : list.pop();
  const runs = list.filter((block) => block instanceof ScriptBlock).map((block) => call.prepare(block));
  const [only] = runs;
  return {
    begin() {
      if (first instanceof ScriptBlock) call.prepare(first)(undefined);
    },
    process:
      only !== undefined && runs.length === 1
        ? () => only(call.get('InputObject'))
        : () => {
            for (const run of runs) run(call.get('InputObject'));
          },
    end() {
      if (last instanceof ScriptBlock) call.prepare(last)(undefined);
    },
  };
}

function memberSteps(call: CmdletCall): CmdletSteps {
  const name = call.session.text(call.get('MemberName'));
  const args = itemsOf(call.get('ArgumentList'));
  return {
    process() {
      const input = call.get('InputObject');
      if (baseOf(input) === null) fromNull(call, input, args.length > 0);
      else if (args.length > 0) callMethod(call, input, name, args);
      else readMember(call, input, name);
    },
  };
}

function fromNull(call: CmdletCall, input: Value, isCall: boolean): void {
  if (isCall) call.writeError(inputErrors.nullMethod(input));
  else if (call.session.strictVersion >= 2) call.writeError(inputErrors.nullInput(input));
  else call.write(null);
}

function callMethod(call: CmdletCall, input: Value, name: string, args: readonly Value[]): void {
  const { session } = call;
  const found = matchMembers(input, name, session).filter(isMethod);
  const [method] = found;
  if (found.length > 1) {
    call.writeError(inputErrors.ambiguous('AmbiguousMethodName', 'Name', 'methods', name, found, input));
  } else if (method === undefined) {
    call.writeError(inputErrors.noMethod(name, input));
  } else {
    const list = args.map((arg) => (baseOf(arg) === null ? 'null' : session.text(arg))).join(', ');
    const action = `Invoke method '${method.name}' with arguments: ${list}`;
    if (call.shouldProcess(targetText(call, input), action)) invoke(call, input, method.name, args);
  }
}

function readMember(call: CmdletCall, input: Value, name: string): void {
  const { session } = call;
  const base = baseOf(input);
  if (base instanceof Dictionary && base.has(name)) {
    const action = `Retrieve the value for key '${name}'`;
    if (call.shouldProcess(targetText(call, input), action)) writeUnrolled(call, base.get(name));
    return;
  }
  const found = matchMembers(input, name, session);
  const [only] = found;
  if (found.length > 1) {
    call.writeError(inputErrors.ambiguous('AmbiguousPropertyOrMethodName', 'Name', 'members', name, found, input));
  } else if (only === undefined) {
    if (session.strictVersion >= 2) call.writeError(inputErrors.noMember(name, input));
    else call.write(null);
  } else if (isMethod(only)) {
    const action = `Invoke method '${only.name}'`;
    if (call.shouldProcess(targetText(call, input), action)) invoke(call, input, only.name, []);
  } else {
    const action = `Retrieve the value for property '${only.name}'`;
    if (call.shouldProcess(targetText(call, input), action)) {
      writeUnrolled(call, propertyValue(input, only.name, session));
    }
  }
}

function targetText(call: CmdletCall, input: Value): string {
  return `InputObject: ${call.session.text(input)}`;
}

function invoke(call: CmdletCall, input: Value, name: string, args: readonly Value[]): void {
  let result: Value;
  try {
    result = invokeMember(input, name, args, call.session);
  } catch (error) {
    call.writeError(new ErrorRecord(exceptionOf(error), 'MethodInvocationError', 'InvalidOperation', input));
    return;
  }
  writeUnrolled(call, result);
}

/** Null stays one object, as a property read in a block would give; a list gives its items. */
function writeUnrolled(call: CmdletCall, value: Value): void {
  if (value === undefined) return;
  const items = enumerable(value, call.session);
  if (items === undefined) call.write(value);
  else for (const item of items) call.write(item);
}
