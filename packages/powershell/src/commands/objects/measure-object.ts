import { baseOf, typeOf } from '../../conversion/base.ts';
import { tryConvert } from '../../conversion/convert.ts';
import { languageCompare } from '../../operators/compare.ts';
import { netTypes } from '../../types/intrinsic.ts';
import { Double } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import { cmdletError } from '../cmdlet-error.ts';
import { DataObject } from '../data-object.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { itemsOf } from '../items-of.ts';
import { expressionKey, propertyExpressions, valuesOf } from './property-expression.ts';

const space = 'Microsoft.PowerShell.Commands';
const generic = ['GenericMeasure'];
const text = ['TextMeasure'];

export const measureObject: CmdletDescription = {
  name: 'Measure-Object',
  typeName: `${space}.MeasureObjectCommand`,
  module: 'Microsoft.PowerShell.Utility',
  defaultSet: 'GenericMeasure',
  parameters: [
    { name: 'InputObject', type: 'object', fromPipeline: true, allowNull: true },
    { name: 'Property', type: 'object[]', position: 0, validate: { notNullOrEmpty: true } },
    { name: 'StandardDeviation', type: 'switch', sets: generic },
    { name: 'Sum', type: 'switch', sets: generic },
    { name: 'AllStats', type: 'switch', sets: generic },
    { name: 'Average', type: 'switch', sets: generic },
    { name: 'Maximum', type: 'switch', sets: generic },
    { name: 'Minimum', type: 'switch', sets: generic },
    { name: 'Line', type: 'switch', sets: text },
    { name: 'Word', type: 'switch', sets: text },
    { name: 'Character', type: 'switch', sets: text },
    { name: 'IgnoreWhiteSpace', type: 'switch', sets: text },
  ],
  start: (call) => {
    const measured = call.has('Property');
    const properties = propertyExpressions(call, itemsOf(call.get('Property')), [expressionKey]);
    const wanted = wantedOf(call);
    const statistics = new Map<string, Statistics>();
    let failed = false;
    const entry = (name: string): Statistics => {
      const folded = name.toLowerCase();
      let found = statistics.get(folded);
      if (found === undefined) {
        found = newStatistics(name);
        statistics.set(folded, found);
      }
      return found;
    };
    const analyze = (name: string, value: Value) => {
      if (!add(call, wanted, entry(name), value)) failed = true;
    };
    return {
      process() {
        const input = call.get('InputObject');
        if (input === null || input === undefined) return;
        if (!measured) {
          analyze('$_', input);
          return;
        }
        const counted = new Set<string>();
        for (const property of properties) {
          const results = valuesOf(property, input, call);
          if (results.length === 0 && !property.isWildcard) entry(property.text);
          for (const { name, value } of results) {
            if (counted.has(name.toLowerCase())) continue;
            counted.add(name.toLowerCase());
            analyze(name, value);
          }
        }
      },
      end() {
        if (!measured && statistics.size === 0) entry('$_');
        for (const found of statistics.values()) {
          if (found.count === 0 && measured) {
            if (call.session.strictVersion >= 2) call.writeError(propertyMissing(call, found.name));
            continue;
          }
          const property = measured ? found.name : null;
          call.write(
            wanted.isText ? textInfo(wanted, found, property) : genericInfo(call, wanted, found, failed, property),
          );
        }
      },
    };
  },
};

interface Wanted {
  readonly isText: boolean;
  readonly sum: boolean;
  readonly average: boolean;
  readonly deviation: boolean;
  readonly minimum: boolean;
  readonly maximum: boolean;
  readonly lines: boolean;
  readonly words: boolean;
  readonly characters: boolean;
  readonly ignoreSpace: boolean;
}

function wantedOf(call: CmdletCall): Wanted {
  const all = call.isOn('AllStats');
  return {
    isText: call.parameterSet === 'TextMeasure',
    sum: all || call.isOn('Sum'),
    average: all || call.isOn('Average'),
    deviation: all || call.isOn('StandardDeviation'),
    minimum: all || call.isOn('Minimum'),
    maximum: all || call.isOn('Maximum'),
    lines: call.isOn('Line'),
    words: call.isOn('Word'),
    characters: call.isOn('Character'),
    ignoreSpace: call.isOn('IgnoreWhiteSpace'),
  };
}

interface Statistics {
  readonly name: string;
  count: number;
  sum: number;
  variance: number;
  minimum: Value;
  maximum: Value;
  lines: number;
  words: number;
  characters: number;
}

function newStatistics(name: string): Statistics {
  return { name, count: 0, sum: 0, variance: 0, minimum: null, maximum: null, lines: 0, words: 0, characters: 0 };
}

function add(call: CmdletCall, wanted: Wanted, statistics: Statistics, value: Value): boolean {
  statistics.count++;
  if (wanted.lines || wanted.words || wanted.characters) addText(wanted, statistics, call.session.text(value));
  if (wanted.sum || wanted.average || wanted.deviation) {
    const number = doubleOf(call, value);
    if (number === undefined) {
      const message = `Input object "${call.session.text(value)}" is not numeric.`;
      const type = 'System.Management.Automation.PSInvalidOperationException';
      call.writeError(cmdletError('NonNumericInputObject', message, { type, category: 'InvalidType', target: value }));
      return false;
    }
    addNumber(wanted, statistics, number);
  }
  if (wanted.minimum) statistics.minimum = extreme(call, value, statistics.minimum, 1);
  if (wanted.maximum) statistics.maximum = extreme(call, value, statistics.maximum, -1);
  return true;
}

/** Variance by Welford's way: one pass, no sum of squares. */
function addNumber(wanted: Wanted, statistics: Statistics, number: number): void {
  const { count, sum } = statistics;
  statistics.sum += number;
  if (!wanted.deviation || count <= 1) return;
  const distance = number - sum / (count - 1);
  statistics.variance = (statistics.variance * (count - 2)) / (count - 1) + (distance * distance) / count;
}

function addText(wanted: Wanted, statistics: Statistics, value: string): void {
  if (wanted.characters) statistics.characters += (wanted.ignoreSpace ? value.replace(/\s/g, '') : value).length;
  if (wanted.words) statistics.words += value.match(/\S+/g)?.length ?? 0;
  if (wanted.lines && value !== '') statistics.lines += value.split('\n').length - (value.endsWith('\n') ? 1 : 0);
}

function doubleOf(call: CmdletCall, value: Value): number | undefined {
  if (typeof value === 'number') return value;
  const converted = tryConvert(value, netTypes.double, call.session);
  return converted instanceof Double ? converted.value : undefined;
}

/** Numbers, and texts of numbers, compare as numbers; other values of two types as texts. */
function extreme(call: CmdletCall, value: Value, known: Value, sign: 1 | -1): Value {
  if (baseOf(known) === null) return value;
  const { session } = call;
  const number = baseOf(value) === null ? undefined : doubleOf(call, value);
  const knownNumber = doubleOf(call, known);
  let left: Value = knownNumber === undefined ? known : new Double(knownNumber);
  let right: Value = number === undefined ? value : new Double(number);
  if (!haveOneType(left, right)) {
    left = session.text(left);
    right = session.text(right);
  }
  return sign * languageCompare(left, right, false, session) > 0 ? value : known;
}

function haveOneType(left: Value, right: Value): boolean {
  const a = baseOf(left);
  const b = baseOf(right);
  if (a === null || a === undefined || b === null || b === undefined) return true;
  return typeOf(a) === typeOf(b);
}

function genericInfo(
  call: CmdletCall,
  wanted: Wanted,
  statistics: Statistics,
  failed: boolean,
  property: Value,
): DataObject {
  const { count, sum, variance, minimum, maximum } = statistics;
  const numeric = [minimum, maximum].every((value) => baseOf(value) === null || doubleOf(call, value) !== undefined);
  const bound = (value: Value) => {
    const number = numeric && baseOf(value) !== null ? doubleOf(call, value) : undefined;
    return number === undefined ? value : new Double(number);
  };
  return new DataObject(`${space}.${numeric ? 'GenericMeasureInfo' : 'GenericObjectMeasureInfo'}`, {
    Count: count,
    Average: wanted.average && !failed && count > 0 ? new Double(sum / count) : null,
    Sum: wanted.sum && !failed ? new Double(sum) : null,
    Maximum: bound(maximum),
    Minimum: bound(minimum),
    StandardDeviation: wanted.deviation && !failed ? new Double(Math.sqrt(variance)) : null,
    Property: property,
  });
}

function textInfo(wanted: Wanted, statistics: Statistics, property: Value): DataObject {
  return new DataObject(`${space}.TextMeasureInfo`, {
    Lines: wanted.lines ? statistics.lines : null,
    Words: wanted.words ? statistics.words : null,
    Characters: wanted.characters ? statistics.characters : null,
    Property: property,
  });
}

function propertyMissing(call: CmdletCall, name: string) {
  const id = `${call.parameterSet}PropertyNotFound`;
  const record = cmdletError(
    id,
    `Cannot process argument because the value of argument "${name}" is not valid. Change the value of the "${name}" argument and run the operation again.`,
    {
      type: 'System.Management.Automation.PSArgumentException',
      category: 'ObjectNotFound',
    },
  );
  record.details = {
    message: `The property "${name}" cannot be found in the input for any objects.`,
    recommendedAction: '',
  };
  return record;
}
