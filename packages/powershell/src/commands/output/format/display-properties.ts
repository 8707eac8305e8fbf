import type { Session } from '../../../runtime/session.ts';
import { typeDisplay } from '../../../types/type-data.ts';
import { typeNames } from '../../../types/type-names.ts';
import type { Value } from '../../../values/value.ts';

/** What PowerShell's type data says that stands for an object of a type, and what is shown of it by default. */
const displayProperties: ReadonlyMap<string, string> = new Map([
  ['System.IO.DirectoryInfo', 'Name'],
  ['System.Net.IPAddress', 'IPAddressToString'],
]);

const displaySets: ReadonlyMap<string, readonly string[]> = new Map([
  ['System.IO.FileInfo', ['LastWriteTime', 'Length', 'Name']],
  [
    'System.Management.Automation.PSModuleInfo',
    [
      'Name',
      'Path',
      'Description',
      'Guid',
      'Version',
      'ModuleBase',
      'ModuleType',
      'PrivateData',
      'AccessMode',
      'ExportedAliases',
      'ExportedCmdlets',
      'ExportedFunctions',
      'ExportedVariables',
      'NestedModules',
    ],
  ],
]);

export function displayPropertyOf(value: Value, session: Session): string | undefined {
  return typeDisplay(value, session).displayProperty ?? first(value, displayProperties);
}

/** The names of the properties that are shown of an object where nothing else is said. */
export function displaySetOf(value: Value, session: Session): readonly string[] | undefined {
  return typeDisplay(value, session).displaySet ?? first(value, displaySets);
}

function first<T>(value: Value, table: ReadonlyMap<string, T>): T | undefined {
  for (const name of typeNames(value)) {
    const found = table.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}
