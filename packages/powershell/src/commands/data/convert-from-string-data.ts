import { Hashtable } from '../../types/collections/hashtable.ts';
import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { textsOf } from '../items-of.ts';

export const convertFromStringData: CmdletDescription = {
  name: 'ConvertFrom-StringData',
  typeName: 'Microsoft.PowerShell.Commands.ConvertFromStringDataCommand',
  module: 'Microsoft.PowerShell.Utility',
  parameters: [
    {
      name: 'StringData',
      type: 'string',
      mandatory: true,
      position: 0,
      fromPipeline: true,
      allowEmptyString: true,
    },
    { name: 'Delimiter', type: 'char', position: 1 },
  ],
  start: (call) => ({
    process: () => call.write(tableOf(call, textsOf(call.get('StringData'))[0] ?? '')),
  }),
};

function tableOf(call: CmdletCall, text: string): Hashtable {
  const delimiter = call.has('Delimiter') ? call.session.text(call.get('Delimiter')) : '=';
  const table = new Hashtable();
  for (const line of text.split('\n')) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const at = trimmed.indexOf(delimiter);
    if (at <= 0) {
      const message = `Data line '${trimmed}' is not in 'name=value' format. `;
      return refuse(call, message, text);
    }
    const name = unescapeData(trimmed.slice(0, at).trim());
    const value = unescapeData(trimmed.slice(at + 1).trim());
    if (!table.add(name, value)) {
      return refuse(call, `Data item '${name}' in line '${trimmed}' is already defined. `, text);
    }
  }
  return table;
}

function refuse(call: CmdletCall, message: string, target: string): never {
  return call.fail(
    cmdletError('InvalidOperation', message, {
      type: 'System.Management.Automation.PSInvalidOperationException',
      target,
    }),
  );
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['f', '\f'],
  ['v', '\v'],
  ['b', '\b'],
  ['a', '\u0007'],
  ['e', '\u001b'],
  ['0', '\0'],
]);

/** Escapes of regular expressions: a backslash before a letter or digits, or before the character itself. */
function unescapeData(text: string): string {
  return text.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))/gs,
    (_all, two?: string, four?: string, one?: string) => {
      const digits = two ?? four;
      if (digits !== undefined) return String.fromCharCode(Number.parseInt(digits, 16));
      return escapes.get(one ?? '') ?? one ?? '';
    },
  );
}
