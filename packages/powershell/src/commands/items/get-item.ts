import { WildcardPattern } from '../../operators/wildcard.ts';
import { FileItem } from '../../types/io/file-item.ts';
import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { filterParameters, force, pathParameters } from './path-parameters.ts';
import { hidesHidden, type Item, isHidden, itemFilter, pathsOf, resolveItems } from './resolve-items.ts';

export function writeItem(call: CmdletCall, item: Item): void {
  call.write(item.kind === 'file' ? new FileItem(item.path, item.status, { drive: item.drive }) : item.item.value);
}

/** What is hidden is not given without `-Force` even where it is named; that is told. */
export function isGiven(call: CmdletCall, item: Item): boolean {
  if (item.kind === 'item' || !hidesHidden(call) || !isHidden(item.path)) return true;
  const message = `Could not find item ${item.path}.`;
  const type = 'System.IO.IOException';
  call.writeError(cmdletError('ItemNotFound', message, { type, category: 'ObjectNotFound', target: item.path }));
  return false;
}

export const getItem: CmdletDescription = {
  name: 'Get-Item',
  typeName: 'Microsoft.PowerShell.Commands.GetItemCommand',
  module: 'Microsoft.PowerShell.Management',
  defaultSet: 'Path',
  parameters: [...pathParameters(), ...filterParameters, force],
  start: (call) => ({
    process() {
      const { paths, isLiteral } = pathsOf(call);
      const isWanted = itemFilter(call);
      for (const path of paths) {
        const isPattern = !isLiteral && WildcardPattern.has(path);
        for (const item of resolveItems(call, path, isLiteral)) {
          if (isWanted(item) && (isPattern || isGiven(call, item))) writeItem(call, item);
        }
      }
    },
  }),
};
