import type { CmdletDescription } from '../description.ts';
import { getVariable } from './get-variable.ts';
import { clearVariable, removeVariable } from './remove-variable.ts';
import { newVariable, setVariableCmdlet } from './set-variable.ts';

export const variableCmdlets: readonly CmdletDescription[] = [
  getVariable,
  setVariableCmdlet,
  newVariable,
  removeVariable,
  clearVariable,
];
