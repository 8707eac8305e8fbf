import { NetArray } from '../../values/array.ts';
import type { Value } from '../../values/value.ts';
import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { textsOf } from '../items-of.ts';
import { type JsonDocument, type RefusedName, readJson } from './json-reader.ts';
import { JsonProblem } from './json-text.ts';
import { jsonNumber, jsonText } from './json-values.ts';

/** Deeper than this, a text is refused. */
const deepest = 1024;

export const convertFromJson: CmdletDescription = {
  name: 'ConvertFrom-Json',
  typeName: 'Microsoft.PowerShell.Commands.ConvertFromJsonCommand',
  module: 'Microsoft.PowerShell.Utility',
  parameters: [
    {
      name: 'InputObject',
      type: 'string',
      mandatory: true,
      position: 0,
      fromPipeline: true,
      allowEmptyString: true,
    },
    { name: 'AsHashtable', type: 'switch' },
    { name: 'Depth', type: 'int', validate: { range: [1, 2 ** 31 - 1] } },
    { name: 'NoEnumerate', type: 'switch' },
    {
      name: 'DateKind',
      type: 'string',
      validate: { set: ['Default', 'Local', 'Utc', 'Offset', 'String'] },
    },
  ],
  start: (call) => {
    const lines: string[] = [];
    return {
      process() {
        lines.push(...textsOf(call.get('InputObject')));
      },
      end() {
        const [first, ...rest] = lines;
        if (first === undefined) return;
        // Lines may be a text each: where the first is one by itself, all are taken so.
        if (rest.length > 0 && isWhole(call, first)) for (const line of lines) convert(call, line);
        else convert(call, lines.join('\n'));
      },
    };
  },
};

function isWhole(call: CmdletCall, text: string): boolean {
  try {
    return read(call, text) !== undefined;
  } catch (error) {
    if (error instanceof JsonProblem) return false;
    throw error;
  }
}

function read(call: CmdletCall, text: string): JsonDocument | undefined {
  const depth = call.get('Depth');
  const { budget } = call.session;
  return readJson(text, {
    depth: typeof depth === 'number' ? depth : deepest,
    asTables: call.isOn('AsHashtable'),
    number: jsonNumber,
    text: jsonText(call),
    step: () => budget.step(),
  });
}

function convert(call: CmdletCall, text: string): void {
  let document: JsonDocument | undefined;
  try {
    document = read(call, text);
  } catch (error) {
    if (!(error instanceof JsonProblem)) throw error;
    const message = `Conversion from JSON failed with error: ${error.message}`;
    call.fail(
      cmdletError('System.ArgumentException', message, { type: 'System.ArgumentException', category: 'NotSpecified' }),
    );
  }
  if (document?.refused !== undefined) refuse(call, document.refused);
  const value: Value = document?.value ?? null;
  if (!call.isOn('NoEnumerate') && value instanceof NetArray) for (const item of value.items) call.write(item);
  else call.write(value);
}

function refuse(call: CmdletCall, { name, known }: RefusedName): never {
  const [id, message] =
    known === undefined
      ? [
          'EmptyKeyInJsonString',
          'The provided JSON includes a property whose name is an empty string, this is only supported using the -AsHashTable switch.',
        ]
      : [
          'KeysWithDifferentCasingInJsonString',
          `Cannot convert the JSON string because it contains keys with different casing. Please use the -AsHashTable switch instead. The key that was attempted to be added to the existing key '${known}' was '${name}'.`,
        ];
  return call.fail(cmdletError(id, message, { category: 'InvalidOperation' }));
}
