import { baseOf } from '../../conversion/base.ts';
import { NetFailure } from '../../errors/raise.ts';
import type { Value } from '../../values/value.ts';
import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall } from '../description.ts';
import { itemsOf } from '../items-of.ts';
import { isProperty, matchMembers } from '../objects/member-match.ts';
import {
  expressionKey,
  type PropertyExpression,
  type PropertyKey,
  propertyExpressions,
  valuesOf,
} from '../objects/property-expression.ts';
import type { Alignment } from './format/cells.ts';
import { attempt, type FormatProperty, type Read, type Resolved } from './format/generator.ts';

const text = ['System.String'];
const number = ['System.Int32'];

const labelKey: PropertyKey = { name: 'label', aliases: ['name'], types: text };
const formatKey: PropertyKey = { name: 'formatstring', types: text };

/** The keys of a hashtable as each command takes it for a property. */
export const propertyKeys = {
  table: [expressionKey, formatKey, labelKey, { name: 'width', types: number }, { name: 'alignment', types: text }],
  list: [expressionKey, formatKey, labelKey],
  wide: [expressionKey, formatKey],
  custom: [expressionKey, { name: 'depth', types: number }],
  group: [expressionKey, formatKey, labelKey],
} as const satisfies Readonly<Record<string, readonly PropertyKey[]>>;

/** The properties that a format command was given. Ends the command with PowerShell's `DictionaryKey…` errors for what is none. */
export function formatProperties(call: CmdletCall, given: Value, keys: readonly PropertyKey[]): FormatProperty[] {
  return propertyExpressions(call, itemsOf(given), keys).map((expression) => formatProperty(call, expression));
}

function formatProperty(call: CmdletCall, expression: PropertyExpression): FormatProperty {
  const { options, text: name, run } = expression;
  const label = baseOf(options.get('label'));
  const format = baseOf(options.get('formatstring'));
  if (format === '') {
    refuse(call, 'FormatStringEmpty', 'Cannot have an empty formatting string for key "formatString".');
  }
  const unresolved: Resolved = { name, read: (value) => readOne(call, expression, value) };
  return {
    label: typeof label === 'string' ? label : undefined,
    format: typeof format === 'string' ? format : undefined,
    width: widthOf(call, options.get('width')),
    alignment: alignmentOf(call, options.get('alignment')),
    depth: depthOf(options.get('depth')),
    resolve(value) {
      if (run !== undefined) return [unresolved];
      return matchMembers(value, name, call.session)
        .filter(isProperty)
        .map((member) => ({ name: member.name, read: (one) => readNamed(call, expression, member.name, one) }));
    },
    unresolved: run === undefined && expression.isWildcard ? undefined : unresolved,
  };
}

function readOne(call: CmdletCall, expression: PropertyExpression, value: Value): Read | undefined {
  const { run } = expression;
  if (run !== undefined) return attempt(() => run(value));
  const [found] = valuesOf(expression, value, call);
  if (found === undefined) return undefined;
  return found.exception === undefined
    ? { value: found.value }
    : { value: null, failure: new NetFailure(found.exception) };
}

function readNamed(call: CmdletCall, expression: PropertyExpression, name: string, value: Value): Read | undefined {
  return readOne(call, { ...expression, text: name, isWildcard: false }, value);
}

function refuse(call: CmdletCall, id: string, message: string): never {
  const record = cmdletError(id, 'Specified method is not supported.', {
    type: 'System.NotSupportedException',
    category: 'InvalidArgument',
  });
  record.details = { message, recommendedAction: '' };
  return call.fail(record);
}

function widthOf(call: CmdletCall, given: Value): number | undefined {
  const width = baseOf(given);
  if (typeof width !== 'number') return undefined;
  if (width <= 0) {
    refuse(call, 'WidthOutOfRange', `The value "${width}" for key "width" should be greater than 0.`);
  }
  return width;
}

const alignments: readonly Alignment[] = ['left', 'center', 'right'];

function alignmentOf(call: CmdletCall, given: Value): Alignment | undefined {
  const written = baseOf(given);
  if (typeof written !== 'string') return undefined;
  const matches = written === '' ? [] : alignments.filter((one) => one.startsWith(written.toLowerCase()));
  return (
    matches[0] ??
    refuse(
      call,
      'AlignmentIllegalValue',
      `The value "${written}" for key "alignment" is not valid; valid values are {left, center, right}.`,
    )
  );
}

function depthOf(given: Value): number | undefined {
  const depth = baseOf(given);
  return typeof depth === 'number' ? depth : undefined;
}
