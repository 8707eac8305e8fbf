import { netFailure } from '../../errors/raise.ts';
import { bool, text } from '../../values/narrow.ts';
import { setReference } from '../collections/out-argument.ts';
import type { TypeDescription } from '../net-type.ts';
import { comparable } from './comparable.ts';

/** `Boolean.TryParse`: the two words in any case, white space and NUL around them. */
function readBoolean(source: string): boolean | undefined {
  const word = source.replace(/^[\s\0]+|[\s\0]+$/g, '').toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : undefined;
}

function parse(source: string): boolean {
  const value = readBoolean(source);
  if (value !== undefined) return value;
  throw netFailure('System.FormatException', `String '${source}' was not recognized as a valid Boolean.`);
}

export const booleanDescription: TypeDescription = {
  name: 'System.Boolean',
  kind: 'struct',
  accelerators: ['bool'],
  interfaces: ['System.IComparable', 'System.IConvertible', 'System.IComparable`1[bool]', 'System.IEquatable`1[bool]'],
  zero: () => false,
  toText: (self) => (bool(self) ? 'True' : 'False'),
  hashKey: (self) => (bool(self) ? 1 : 0),
  methods: {
    ...comparable('bool'),
    ToString: [
      { signature: 'string ToString()', invoke: (self) => (bool(self) ? 'True' : 'False') },
      {
        signature: 'string ToString(System.IFormatProvider provider)',
        invoke: (self) => (bool(self) ? 'True' : 'False'),
      },
    ],
  },
  staticProperties: {
    TrueString: { type: 'string', get: () => 'True' },
    FalseString: { type: 'string', get: () => 'False' },
  },
  staticMethods: {
    Parse: [{ signature: 'static bool Parse(string value)', invoke: (_self, [source]) => parse(text(source)) }],
    TryParse: [
      {
        signature: 'static bool TryParse(string value, [ref] bool result)',
        invoke: (_self, [source, result]) => {
          const value = readBoolean(text(source));
          setReference(result, value ?? false);
          return value !== undefined;
        },
      },
    ],
  },
};
