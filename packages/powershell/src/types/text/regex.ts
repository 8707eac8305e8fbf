import { escapePattern, RegexOption, unescapePattern } from '@joinery/regex';
import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { EnumValue } from '../../values/enum.ts';
import type { Instance } from '../../values/instance.ts';
import { as, int, object, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { enumeration, enumOf } from '../enumeration.ts';
import { netTypes } from '../intrinsic.ts';
import type { CallContext, Overload, TypeDescription } from '../net-type.ts';
import { ticksPerMillisecond } from '../time/calendar.ts';
import { TimeSpan } from '../time/time-span.ts';
import { captureDescriptions } from './regex-captures.ts';
import { Match, matchCollection, Regex } from './regex-objects.ts';
import { asExceptions, ScriptRegex } from './script-regex.ts';

const self = (value: Value): Regex => as(value, Regex);

function optionsOf(value: Value): number {
  return value instanceof EnumValue ? Number(value.value) : 0;
}

function timeoutOf(value: Value): number | undefined {
  if (!(value instanceof TimeSpan)) return undefined;
  // One millisecond less than nothing stands for no limit.
  if (value.ticks === -ticksPerMillisecond) return undefined;
  if (value.ticks <= 0n) {
    throw netFailure('System.ArgumentOutOfRangeException', 'Specified argument was out of the range of valid values.', {
      parameter: 'matchTimeout',
    });
  }
  return Number(value.ticks) / Number(ticksPerMillisecond);
}

function patternOf(value: Value): string {
  if (value !== null && value !== undefined) return text(value);
  throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter: 'pattern' });
}

/** The engine's regular expression of a static call's arguments. */
function make(pattern: Value, options: Value = null, timeout: Value = null): ScriptRegex {
  const milliseconds = timeoutOf(timeout);
  const bits = checkOptions(optionsOf(options));
  return milliseconds === undefined
    ? ScriptRegex.of(patternOf(pattern), bits)
    : ScriptRegex.compile(patternOf(pattern), bits, milliseconds);
}

function checkOptions(options: number): number {
  if ((options & ~2047) === 0) return options;
  throw netFailure('System.ArgumentOutOfRangeException', 'Specified argument was out of the range of valid values.', {
    parameter: 'options',
  });
}

function evaluator(delegate: Instance, regex: ScriptRegex, context: CallContext) {
  return (found: ConstructorParameters<typeof Match>[1]): string =>
    text(context.convert(context.invoke(delegate, [new Match(regex, found)]), netTypes.string));
}

function start(input: string, given: Value): number {
  const at = int(given);
  if (at >= 0 && at <= input.length) return at;
  throw netFailure(
    'System.ArgumentOutOfRangeException',
    'Start index cannot be less than 0 or greater than input length.',
    {
      parameter: 'startat',
    },
  );
}

function strings(items: readonly string[]): NetArray {
  return new NetArray(netTypes.string, [...items]);
}

type Run = (regex: ScriptRegex, input: string, context: CallContext) => Value;

/** The overloads of a static method: pattern; pattern and options; pattern, options and a time limit. */
function statics(returns: string, name: string, run: Run): readonly Overload[] {
  const options = 'System.Text.RegularExpressions.RegexOptions options';
  return ['', `, ${options}`, `, ${options}, timespan matchTimeout`].map((more) => ({
    signature: `static ${returns} ${name}(string input, string pattern${more})`,
    invoke: (_self, [input, pattern, bits, timeout], context) =>
      run(make(pattern, bits, timeout), text(input), context),
  }));
}

function staticReplaces(): readonly Overload[] {
  const options = 'System.Text.RegularExpressions.RegexOptions options';
  return ['', `, ${options}`, `, ${options}, timespan matchTimeout`].flatMap((more): Overload[] => [
    {
      signature: `static string Replace(string input, string pattern, string replacement${more})`,
      invoke: (_self, [input, pattern, replacement, bits, timeout]) =>
        make(pattern, bits, timeout).replace(text(input), text(replacement)),
    },
    {
      signature: `static string Replace(string input, string pattern, System.Text.RegularExpressions.MatchEvaluator evaluator${more})`,
      invoke: (_self, [input, pattern, delegate, bits, timeout], context) => {
        const regex = make(pattern, bits, timeout);
        return regex.replace(text(input), evaluator(delegateOf(delegate), regex, context));
      },
    },
  ]);
}

function delegateOf(value: Value): Instance {
  if (value === null || value === undefined) {
    throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter: 'evaluator' });
  }
  return object(value);
}

const matchType = 'System.Text.RegularExpressions.Match';
const collectionType = 'System.Text.RegularExpressions.MatchCollection';

const regexDescription: TypeDescription = {
  name: 'System.Text.RegularExpressions.Regex',
  kind: 'class',
  accelerators: ['regex'],
  constructors: [
    {
      signature: 'regex new(string pattern)',
      invoke: (_self, [pattern]) => new Regex(make(pattern)),
    },
    {
      signature: 'regex new(string pattern, System.Text.RegularExpressions.RegexOptions options)',
      invoke: (_self, [pattern, options]) => new Regex(make(pattern, options)),
    },
    {
      signature:
        'regex new(string pattern, System.Text.RegularExpressions.RegexOptions options, timespan matchTimeout)',
      invoke: (_self, [pattern, options, timeout]) => new Regex(make(pattern, options, timeout), timeoutOf(timeout)),
    },
  ],
  staticProperties: {
    InfiniteMatchTimeout: { type: 'timespan', get: () => new TimeSpan(-ticksPerMillisecond) },
    CacheSize: { type: 'int', get: () => 15, set: () => undefined },
  },
  staticMethods: {
    Count: statics('int', 'Count', (regex, input) => [...regex.matches(input)].length),
    Escape: [
      {
        signature: 'static string Escape(string str)',
        invoke: (_self, [value]) => {
          if (value === null)
            throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter: 'str' });
          return escapePattern(text(value));
        },
      },
    ],
    IsMatch: statics('bool', 'IsMatch', (regex, input) => regex.isMatch(input)),
    Match: statics(matchType, 'Match', (regex, input) => new Match(regex, regex.match(input))),
    Matches: statics(collectionType, 'Matches', (regex, input) => matchCollection(regex, input)),
    Replace: staticReplaces(),
    Split: statics('string[]', 'Split', (regex, input) => strings(regex.split(input))),
    Unescape: [
      {
        signature: 'static string Unescape(string str)',
        invoke: (_self, [value]) => asExceptions(() => unescapePattern(text(value))),
      },
    ],
  },
  properties: {
    Options: {
      type: 'System.Text.RegularExpressions.RegexOptions',
      get: (value) => enumOf('System.Text.RegularExpressions.RegexOptions', self(value).regex.options),
    },
    RightToLeft: { type: 'bool', get: (value) => self(value).regex.isRightToLeft },
    MatchTimeout: {
      type: 'timespan',
      get: (value) => {
        const { milliseconds } = self(value);
        return new TimeSpan(
          milliseconds === undefined ? -ticksPerMillisecond : BigInt(Math.round(milliseconds * 10_000)),
        );
      },
    },
  },
  methods: {
    Count: [
      {
        signature: 'int Count(string input)',
        invoke: (value, [input]) => [...self(value).regex.matches(text(input))].length,
      },
    ],
    GetGroupNames: [
      {
        signature: 'string[] GetGroupNames()',
        invoke: (value) => {
          const { regex } = self(value);
          return strings(regex.groupNumbers.map((number) => regex.nameOf(number) ?? ''));
        },
      },
    ],
    GetGroupNumbers: [
      {
        signature: 'int[] GetGroupNumbers()',
        invoke: (value) => new NetArray(netTypes.int32, [...self(value).regex.groupNumbers]),
      },
    ],
    GroupNameFromNumber: [
      {
        signature: 'string GroupNameFromNumber(int i)',
        invoke: (value, [number]) => self(value).regex.nameOf(int(number)) ?? '',
      },
    ],
    GroupNumberFromName: [
      {
        signature: 'int GroupNumberFromName(string name)',
        invoke: (value, [name]) => self(value).regex.numberOf(text(name)) ?? -1,
      },
    ],
    IsMatch: [
      { signature: 'bool IsMatch(string input)', invoke: (value, [input]) => self(value).regex.isMatch(text(input)) },
      {
        signature: 'bool IsMatch(string input, int startat)',
        invoke: (value, [input, at]) => self(value).regex.isMatch(text(input), start(text(input), at)),
      },
    ],
    Match: [
      {
        signature: `${matchType} Match(string input)`,
        invoke: (value, [input]) => new Match(self(value).regex, self(value).regex.match(text(input))),
      },
      {
        signature: `${matchType} Match(string input, int startat)`,
        invoke: (value, [input, at]) => {
          const { regex } = self(value);
          return new Match(regex, regex.match(text(input), start(text(input), at)));
        },
      },
      {
        signature: `${matchType} Match(string input, int beginning, int length)`,
        invoke: (value, [input, beginning, length]) => {
          const { regex } = self(value);
          const part = text(input).slice(int(beginning), int(beginning) + int(length));
          return new Match(regex, regex.match(part));
        },
      },
    ],
    Matches: [
      {
        signature: `${collectionType} Matches(string input)`,
        invoke: (value, [input]) => matchCollection(self(value).regex, text(input)),
      },
      {
        signature: `${collectionType} Matches(string input, int startat)`,
        invoke: (value, [input, at]) => matchCollection(self(value).regex, text(input), start(text(input), at)),
      },
    ],
    Replace: [
      {
        signature: 'string Replace(string input, string replacement)',
        invoke: (value, [input, replacement]) => self(value).regex.replace(text(input), text(replacement)),
      },
      {
        signature: 'string Replace(string input, string replacement, int count)',
        invoke: (value, [input, replacement, count]) =>
          self(value).regex.replace(text(input), text(replacement), int(count)),
      },
      {
        signature: 'string Replace(string input, string replacement, int count, int startat)',
        invoke: (value, [input, replacement, count, at]) =>
          self(value).regex.replace(text(input), text(replacement), int(count), start(text(input), at)),
      },
      {
        signature: 'string Replace(string input, System.Text.RegularExpressions.MatchEvaluator evaluator)',
        invoke: (value, [input, delegate], context) => {
          const { regex } = self(value);
          return regex.replace(text(input), evaluator(delegateOf(delegate), regex, context));
        },
      },
      {
        signature: 'string Replace(string input, System.Text.RegularExpressions.MatchEvaluator evaluator, int count)',
        invoke: (value, [input, delegate, count], context) => {
          const { regex } = self(value);
          return regex.replace(text(input), evaluator(delegateOf(delegate), regex, context), int(count));
        },
      },
      {
        signature:
          'string Replace(string input, System.Text.RegularExpressions.MatchEvaluator evaluator, int count, int startat)',
        invoke: (value, [input, delegate, count, at], context) => {
          const { regex } = self(value);
          const from = start(text(input), at);
          return regex.replace(text(input), evaluator(delegateOf(delegate), regex, context), int(count), from);
        },
      },
    ],
    Split: [
      {
        signature: 'string[] Split(string input)',
        invoke: (value, [input]) => strings(self(value).regex.split(text(input))),
      },
      {
        signature: 'string[] Split(string input, int count)',
        invoke: (value, [input, count]) => strings(self(value).regex.split(text(input), int(count))),
      },
      {
        signature: 'string[] Split(string input, int count, int startat)',
        invoke: (value, [input, count, at]) =>
          strings(self(value).regex.split(text(input), int(count), start(text(input), at))),
      },
    ],
    ToString: [{ signature: 'string ToString()', invoke: (value) => self(value).regex.pattern }],
  },
  toText: (value) => self(value).regex.pattern,
  parse: (pattern) => new Regex(make(pattern)),
};

export const regexDescriptions: readonly TypeDescription[] = [
  regexDescription,
  ...captureDescriptions,
  enumeration(
    'System.Text.RegularExpressions.RegexOptions',
    {
      None: RegexOption.none,
      IgnoreCase: RegexOption.ignoreCase,
      Multiline: RegexOption.multiline,
      ExplicitCapture: RegexOption.explicitCapture,
      Compiled: RegexOption.compiled,
      Singleline: RegexOption.singleline,
      IgnorePatternWhitespace: RegexOption.ignorePatternWhitespace,
      RightToLeft: RegexOption.rightToLeft,
      ECMAScript: RegexOption.ecmaScript,
      CultureInvariant: RegexOption.cultureInvariant,
      NonBacktracking: RegexOption.nonBacktracking,
    },
    { flags: true },
  ),
  { name: 'System.Text.RegularExpressions.MatchEvaluator', kind: 'delegate' },
];
