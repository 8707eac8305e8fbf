import { Hashtable } from '../../types/collections/hashtable.ts';
import { namedType } from '../../types/intrinsic.ts';
import { DateKind, DateTime, dateFromUnix } from '../../types/time/date-time.ts';
import { NetArray, objectArray } from '../../values/array.ts';
import { defaultComparer } from '../../values/key-comparer.ts';
import { BigInteger, Double } from '../../values/numbers.ts';
import { PSCustomObject } from '../../values/ps-object.ts';
import type { Value } from '../../values/value.ts';
import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { textsOf } from '../items-of.ts';
import { type JsonNode, JsonProblem, readJson } from './json-reader.ts';

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
        if (rest.length > 0 && isWhole(first)) for (const line of lines) convert(call, line);
        else convert(call, lines.join('\n'));
      },
    };
  },
};

function isWhole(text: string): boolean {
  try {
    return readJson(text) !== undefined;
  } catch (error) {
    if (error instanceof JsonProblem) return false;
    throw error;
  }
}

function convert(call: CmdletCall, text: string): void {
  const depth = call.get('Depth');
  let value: Value;
  try {
    const node = readJson(text, typeof depth === 'number' ? depth : undefined);
    value = node === undefined ? null : toValue(call, node);
  } catch (error) {
    if (!(error instanceof JsonProblem)) throw error;
    const message = `Conversion from JSON failed with error: ${error.message}`;
    call.fail(
      cmdletError('System.ArgumentException', message, { type: 'System.ArgumentException', category: 'NotSpecified' }),
    );
  }
  if (!call.isOn('NoEnumerate') && value instanceof NetArray) for (const item of value.items) call.write(item);
  else call.write(value);
}

function toValue(call: CmdletCall, node: JsonNode): Value {
  switch (node.kind) {
    case 'literal':
      return node.value;
    case 'number':
      return toNumber(node.text);
    case 'string':
      return toText(call, node.text);
    case 'array':
      return objectArray(node.items.map((item) => toValue(call, item)));
    case 'object':
      return call.isOn('AsHashtable') ? toTable(call, node.members) : toObject(call, node.members);
  }
}

function toNumber(text: string): Value {
  if (!/^-?\d+$/.test(text)) return new Double(Number(text));
  const whole = BigInt(text);
  return BigInt.asIntN(64, whole) === whole ? whole : new BigInteger(whole);
}

const date = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,7}))?(Z|[+-]\d\d:?\d\d)?$/;

/** Text in the form of an ISO date with a time is a date. */
function toText(call: CmdletCall, text: string): Value {
  const match = text.length >= 19 && text.length <= 40 ? date.exec(text) : null;
  const kind = call.has('DateKind') ? call.session.text(call.get('DateKind')) : 'Default';
  if (match === null || kind === 'String') return text;
  const [, year, month, day, hour, minute, second, fraction = '', zone] = match;
  const milliseconds = Date.UTC(2000, Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const checked = new Date(milliseconds);
  if (checked.getUTCMonth() !== Number(month) - 1 || checked.getUTCDate() !== Number(day) || Number(hour) > 23)
    return text;
  const moment = new Date(0);
  moment.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  moment.setUTCHours(Number(hour), Number(minute), Number(second));
  const ticks = dateFromUnix(moment.getTime(), 'utc').ticks + BigInt(fraction.padEnd(7, '0'));
  if (zone === 'Z') return inKind(new DateTime(ticks, DateKind.utc), kind);
  if (zone === undefined) return new DateTime(ticks, kind === 'Utc' ? DateKind.utc : DateKind.unspecified);
  if (kind === 'Offset') return call.session.convert(text, namedType('System.DateTimeOffset'));
  const sign = zone.startsWith('-') ? -1n : 1n;
  const offset = BigInt(zone.slice(1, 3)) * 60n + BigInt(zone.slice(-2));
  const utc = new DateTime(ticks - sign * offset * 600_000_000n, DateKind.utc);
  return kind === 'Utc' ? utc : utc.toLocal();
}

function inKind(utc: DateTime, kind: string): DateTime {
  return kind === 'Local' ? utc.toLocal() : utc;
}

type Members = readonly (readonly [string, JsonNode])[];

function toTable(call: CmdletCall, members: Members): Value {
  const table = new Hashtable(defaultComparer, namedType('System.Management.Automation.OrderedHashtable'));
  for (const [name, node] of members) table.set(name, toValue(call, node));
  return table;
}

function toObject(call: CmdletCall, members: Members): Value {
  const object = new PSCustomObject();
  for (const [name, node] of members) {
    const folded = name.toLowerCase();
    const known = object.members.get(folded);
    if (name === '') {
      refuse(
        call,
        'EmptyKeyInJsonString',
        'The provided JSON includes a property whose name is an empty string, this is only supported using the -AsHashTable switch.',
      );
    } else if (known !== undefined && known.name !== name) {
      refuse(
        call,
        'KeysWithDifferentCasingInJsonString',
        `Cannot convert the JSON string because it contains keys with different casing. Please use the -AsHashTable switch instead. The key that was attempted to be added to the existing key '${known.name}' was '${name}'.`,
      );
    } else if (known?.kind === 'note') known.value = toValue(call, node);
    else object.members.set(folded, { kind: 'note', name, value: toValue(call, node) });
  }
  return object;
}

function refuse(call: CmdletCall, id: string, message: string): never {
  return call.fail(cmdletError(id, message, { category: 'InvalidOperation' }));
}
