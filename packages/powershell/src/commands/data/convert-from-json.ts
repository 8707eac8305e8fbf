import { Hashtable } from '../../types/collections/hashtable.ts';
import { namedType } from '../../types/intrinsic.ts';
import { NetArray } from '../../values/array.ts';
import { defaultComparer } from '../../values/key-comparer.ts';
import type { Value } from '../../values/value.ts';
import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { textsOf } from '../items-of.ts';
import { jsonDateKind } from './data-enums.ts';
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
    { name: 'DateKind', type: jsonDateKind },
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
        if (rest.length === 0) convert(call, read(call, first));
        // Lines may be a text each: where the first is one by itself, all are taken so.
        else if (convertFirst(call, first)) for (const line of rest) convert(call, read(call, line));
        else convert(call, read(call, lines.join('\n')));
      },
    };
  },
};

/** Converts the first of several lines where it is a text by itself; one of nothing is written, and is none. */
function convertFirst(call: CmdletCall, line: string): boolean {
  let document: JsonDocument | undefined;
  try {
    document = parse(call, line);
  } catch (error) {
    if (error instanceof JsonProblem) return false;
    throw error;
  }
  convert(call, document);
  return document !== undefined && document.value !== null;
}

/** Ends the cmdlet where the text is no JSON. */
function read(call: CmdletCall, text: string): JsonDocument | undefined {
  try {
    return parse(call, text);
  } catch (error) {
    if (!(error instanceof JsonProblem)) throw error;
    const message = `Conversion from JSON failed with error: ${error.message}`;
    return call.fail(
      cmdletError('System.ArgumentException', message, { type: 'System.ArgumentException', category: 'NotSpecified' }),
    );
  }
}

function parse(call: CmdletCall, text: string): JsonDocument | undefined {
  const depth = call.get('Depth');
  const { budget } = call.session;
  return readJson(text, {
    depth: typeof depth === 'number' ? depth : deepest,
    newTable: call.isOn('AsHashtable') ? newTable : undefined,
    number: jsonNumber,
    text: jsonText(call),
    step: () => budget.step(),
  });
}

/** Keeps names apart that differ in their case. */
function newTable(): Hashtable {
  return new Hashtable(defaultComparer, namedType('System.Management.Automation.OrderedHashtable'));
}

function convert(call: CmdletCall, document: JsonDocument | undefined): void {
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
