import { netFailure } from '../../errors/raise.ts';
import { Instance } from '../../values/instance.ts';
import { as, int, text } from '../../values/narrow.ts';
import { SmallInteger } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import { setReference } from '../collections/out-argument.ts';
import { comparableMethods } from '../comparable.ts';
import { netTypes } from '../intrinsic.ts';
import type { NetType, Property, TypeDescription } from '../net-type.ts';
import { attempt } from '../time/date-text.ts';

/** `System.Version`: two to four numbers. */
export class Version extends Instance {
  readonly parts: readonly number[];
  constructor(parts: readonly number[]) {
    super();
    this.parts = parts;
  }
  get type(): NetType {
    return netTypes.version;
  }
  /** Major, minor, build or revision by place; -1 where it has none. */
  part(place: number): number {
    return this.parts[place] ?? -1;
  }
}

const self = (value: Value): Version => as(value, Version);

/** Throws `NetFailure` (ArgumentException, FormatException, OverflowException). */
export function readVersion(input: string): Version {
  const texts = input.split('.');
  if (texts.length < 2 || texts.length > 4) {
    throw netFailure('System.ArgumentException', 'Version string portion was too short or too long.', {
      parameter: 'input',
    });
  }
  return new Version(texts.map(readPart));
}

function readPart(input: string): number {
  const trimmed = input.trim();
  if (!/^[+-]?\d+$/.test(trimmed)) {
    throw netFailure('System.FormatException', `The input string '${input}' was not in a correct format.`);
  }
  const number = Number(trimmed);
  if (number > 2_147_483_647 || number < -2_147_483_648) {
    throw netFailure('System.OverflowException', 'Value was either too large or too small for an Int32.');
  }
  if (number < 0) {
    throw netFailure(
      'System.ArgumentOutOfRangeException',
      "Version's parameters must be greater than or equal to zero.",
      { parameter: 'input' },
    );
  }
  return number;
}

const names = ['major', 'minor', 'build', 'revision'];

function construct(values: readonly Value[]): Version {
  const parts = values.map(int);
  parts.forEach((part, place) => {
    if (part >= 0) return;
    const name = names[place] ?? '';
    throw netFailure('System.ArgumentOutOfRangeException', `${name} ('${part}') must be a non-negative value.`, {
      parameter: name,
    });
  });
  return new Version(parts);
}

function compareVersions(left: Value, right: Value): number {
  for (let place = 0; place < 4; place++) {
    const difference = self(left).part(place) - self(right).part(place);
    if (difference !== 0) return difference < 0 ? -1 : 1;
  }
  return 0;
}

function shorten(version: Version, count: number): string {
  if (count >= 0 && count <= version.parts.length) return version.parts.slice(0, count).join('.');
  throw netFailure('System.ArgumentException', `Argument must be between 0 and ${version.parts.length}.`, {
    parameter: 'fieldCount',
  });
}

function input(value: Value): string {
  if (value !== null && value !== undefined) return text(value);
  throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter: 'input' });
}

const part = (place: number): Property => ({ type: 'int', get: (value) => self(value).part(place) });

/** The halves of the revision. */
const half = (shift: number): Property => ({
  type: 'short',
  get: (value) => new SmallInteger(netTypes.int16, (self(value).part(3) << (16 - shift)) >> 16),
});

export const versionDescription: TypeDescription = {
  name: 'System.Version',
  kind: 'class',
  accelerators: ['version'],
  interfaces: [
    'System.ICloneable',
    'System.IComparable',
    'System.IComparable`1[System.Version]',
    'System.IEquatable`1[System.Version]',
    'System.IFormattable',
  ],
  constructors: [
    {
      signature: 'version new(int major, int minor, int build, int revision)',
      invoke: (_self, parts) => construct(parts),
    },
    { signature: 'version new(int major, int minor, int build)', invoke: (_self, parts) => construct(parts) },
    { signature: 'version new(int major, int minor)', invoke: (_self, parts) => construct(parts) },
    { signature: 'version new(string version)', invoke: (_self, [value]) => readVersion(input(value)) },
    { signature: 'version new()', invoke: () => new Version([0, 0]) },
  ],
  staticMethods: {
    Parse: [{ signature: 'static version Parse(string input)', invoke: (_self, [value]) => readVersion(input(value)) }],
    TryParse: [
      {
        signature: 'static bool TryParse(string input, [ref] version result)',
        invoke: (_self, [value, result]) => {
          const version = attempt(() => readVersion(text(value)));
          setReference(result, version ?? null);
          return version !== undefined;
        },
      },
    ],
  },
  properties: {
    Major: part(0),
    Minor: part(1),
    Build: part(2),
    Revision: part(3),
    MajorRevision: half(16),
    MinorRevision: half(0),
  },
  methods: {
    ...comparableMethods('version', compareVersions),
    Clone: [{ signature: 'System.Object Clone()', invoke: (value) => new Version(self(value).parts) }],
    ToString: [
      { signature: 'string ToString()', invoke: (value) => self(value).parts.join('.') },
      {
        signature: 'string ToString(int fieldCount)',
        invoke: (value, [count]) => shorten(self(value), int(count)),
      },
    ],
  },
  equals: (left, right) => right instanceof Version && compareVersions(left, right) === 0,
  hashKey: (value) => self(value).parts.join('.'),
  compare: compareVersions,
  toText: (value) => self(value).parts.join('.'),
  parse: readVersion,
};
