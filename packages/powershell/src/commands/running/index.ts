import type { CmdletDescription } from '../description.ts';
import { addType } from './add-type.ts';
import { getCommand } from './get-command.ts';
import { getPsCallStack } from './get-ps-call-stack.ts';
import { getVerb } from './get-verb.ts';
import { getHistory, invokeHistory } from './history.ts';
import { invokeCommand } from './invoke-command.ts';
import { invokeExpression } from './invoke-expression.ts';
import { measureCommand } from './measure-command.ts';
import { registerArgumentCompleter } from './register-argument-completer.ts';
import { setPsDebug } from './set-ps-debug.ts';
import { setStrictMode } from './set-strict-mode.ts';

export const runningCmdlets: readonly CmdletDescription[] = [
  getCommand,
  invokeCommand,
  invokeExpression,
  measureCommand,
  getPsCallStack,
  getHistory,
  invokeHistory,
  setStrictMode,
  setPsDebug,
  getVerb,
  addType,
  registerArgumentCompleter,
];
