import type { CmdletDescription } from '../commands/description.ts';
import type { TypeTable } from '../types/table.ts';
import type { ParameterTable } from './parameter.ts';

export function cmdletParameters(cmdlet: CmdletDescription, types: TypeTable): ParameterTable {
  void types;
  throw new Error(`not yet: ${cmdlet.name}`);
}
