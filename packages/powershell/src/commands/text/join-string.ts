import { formatString } from '../../operators/format.ts';
import type { Value } from '../../values/value.ts';
import type { CmdletDescription } from '../description.ts';
import { itemsOf } from '../items-of.ts';
import { propertyExpressions, valuesOf } from '../objects/property-expression.ts';

export const joinString: CmdletDescription = {
  name: 'Join-String',
  typeName: 'Microsoft.PowerShell.Commands.Utility.JoinStringCommand',
  module: 'Microsoft.PowerShell.Utility',
  defaultSet: 'default',
  parameters: [
    { name: 'Property', type: 'object', position: 0 },
    { name: 'Separator', type: 'string', position: 1, allowEmptyString: true },
    { name: 'OutputPrefix', type: 'string', aliases: ['op'] },
    { name: 'OutputSuffix', type: 'string', aliases: ['os'] },
    { name: 'SingleQuote', type: 'switch', sets: ['SingleQuote'] },
    { name: 'DoubleQuote', type: 'switch', sets: ['DoubleQuote'] },
    { name: 'FormatString', type: 'string', sets: ['Format'] },
    { name: 'UseCulture', type: 'switch' },
    { name: 'InputObject', type: 'object[]', fromPipeline: true, allowNull: true },
  ],
  start: (call) => {
    const { session } = call;
    const textOf = (name: string) => (call.has(name) ? session.text(call.get(name)) : '');
    const separator = call.has('Separator') ? textOf('Separator') : session.text(call.scope.find('ofs')?.value ?? '');
    const quote = call.isOn('SingleQuote') ? "'" : call.isOn('DoubleQuote') ? '"' : '';
    const format = textOf('FormatString');
    const given = call.get('Property');
    const [expression] = given === undefined || given === null ? [] : propertyExpressions(call, [given], []);
    const parts: string[] = [];
    let length = 0;
    const add = (input: Value): void => {
      if (input === null || input === undefined) return;
      const value = expression === undefined ? input : (valuesOf(expression, input, call)[0]?.value ?? null);
      const text = format === '' ? session.text(value) : formatString(format, [value], session);
      parts.push(quote + text + quote);
      length += text.length + separator.length + 2 * quote.length;
      if (length > 1 << 20) session.budget.reserve(2 * length);
    };
    return {
      process() {
        const input = call.get('InputObject');
        if (input === undefined || input === null) return;
        for (const item of itemsOf(input)) add(item);
      },
      end: () => call.write(textOf('OutputPrefix') + parts.join(separator) + textOf('OutputSuffix')),
    };
  },
};
