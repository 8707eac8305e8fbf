import { baseOf } from '../../conversion/base.ts';
import { enumerable } from '../../conversion/enumerate.ts';
import { toNetText } from '../../conversion/text.ts';
import { Dictionary } from '../../values/dictionary.ts';
import { HostInformationMessage } from '../../values/stream-records.ts';
import type { Value } from '../../values/value.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';

export const writeHost: CmdletDescription = {
  name: 'Write-Host',
  typeName: 'Microsoft.PowerShell.Commands.WriteHostCommand',
  module: 'Microsoft.PowerShell.Utility',
  parameters: [
    {
      name: 'Object',
      type: 'object',
      aliases: ['Msg', 'Message'],
      position: 0,
      fromPipeline: true,
      fromRemainingArguments: true,
      allowNull: true,
      numbersAsWritten: true,
    },
    { name: 'NoNewline', type: 'switch' },
    { name: 'Separator', type: 'object' },
    { name: 'ForegroundColor', type: 'System.ConsoleColor' },
    { name: 'BackgroundColor', type: 'System.ConsoleColor' },
  ],
  start: (call) => ({
    process() {
      const separator = call.has('Separator') ? call.session.text(call.get('Separator')) : ' ';
      const text = hostText(call, call.get('Object'), separator);
      const message = new HostInformationMessage(text, {
        noNewLine: call.isOn('NoNewline'),
        foreground: colour(call, 'ForegroundColor'),
        background: colour(call, 'BackgroundColor'),
      });
      call.writeInformation(message, ['PSHOST']);
    },
  }),
};

/** Lists are joined by the separator, at every depth; a dictionary is a list of its entries. */
function hostText(call: CmdletCall, value: Value, separator: string): string {
  const base = baseOf(value);
  if (base === null || base === undefined) return '';
  if (base instanceof Dictionary) {
    const entries = [...base.items()].map(
      ({ key, value: item }) => `[${hostText(call, key, separator)}, ${toNetText(item, undefined, call.session)}]`,
    );
    return entries.join(separator);
  }
  const items = enumerable(base, call.session);
  if (items === undefined) return toNetText(value, undefined, call.session);
  return [...items].map((item) => hostText(call, item, separator)).join(separator);
}

function colour(call: CmdletCall, parameter: string): string | undefined {
  return call.has(parameter) ? call.session.text(call.get(parameter)) : undefined;
}
