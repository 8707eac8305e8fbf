import { netFailure } from '../../errors/raise.ts';
import { Instance } from '../../values/instance.ts';
import { as, int, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { Version } from '../identity/version.ts';
import { namedType } from '../intrinsic.ts';
import { type NetType, notConvertible, type TypeDescription } from '../net-type.ts';

/** `System.Management.Automation.SemanticVersion`: `$PSVersionTable.PSVersion`. */
export class SemanticVersion extends Instance {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  readonly label: string;

  constructor(major: number, minor: number, patch: number, label = '') {
    super();
    this.major = major;
    this.minor = minor;
    this.patch = patch;
    this.label = label;
  }

  get type(): NetType {
    return namedType('System.Management.Automation.SemanticVersion');
  }

  get text(): string {
    const numbers = `${this.major}.${this.minor}.${this.patch}`;
    return this.label === '' ? numbers : `${numbers}-${this.label}`;
  }

  /** Reads `7`, `7.4`, `7.4.1`, `7.4.1-preview.2`. */
  static parse(text: string): SemanticVersion | undefined {
    const match = /^(\d+)(?:\.(\d+)(?:\.(\d+))?)?(?:\.(\d+))?(?:-([0-9A-Za-z.-]+))?$/.exec(text.trim());
    if (match === null) return undefined;
    const [, major, minor = '0', patch = '0', , label = ''] = match;
    return new SemanticVersion(Number(major), Number(minor), Number(patch), label);
  }
}

/** The version whose behaviour the engine has. */
export const psVersion = new SemanticVersion(7, 6, 5);

function readSemanticVersion(input: string): SemanticVersion {
  const version = SemanticVersion.parse(input);
  if (version !== undefined) return version;
  throw netFailure('System.FormatException', 'Input string was not in a correct format.');
}

function fromVersion(version: Version): SemanticVersion {
  if (version.part(3) > 0) {
    throw netFailure(
      'System.ArgumentException',
      'The version has a revision, which a semantic version has no place for.',
      {
        parameter: 'version',
      },
    );
  }
  return new SemanticVersion(version.part(0), version.part(1), Math.max(version.part(2), 0));
}

function compare(left: SemanticVersion, right: SemanticVersion): number {
  const difference = left.major - right.major || left.minor - right.minor || left.patch - right.patch;
  if (difference !== 0 || left.label === right.label) return difference;
  if (left.label === '') return 1;
  if (right.label === '') return -1;
  return left.label < right.label ? -1 : 1;
}

const self = (value: Value): SemanticVersion => as(value, SemanticVersion);

export const semanticVersionDescription: TypeDescription = {
  name: 'System.Management.Automation.SemanticVersion',
  kind: 'class',
  accelerators: ['semver'],
  interfaces: ['System.IComparable'],
  constructors: [
    {
      signature: 'System.Management.Automation.SemanticVersion new(string version)',
      invoke: (_self, [version]) => readSemanticVersion(text(version)),
    },
    {
      signature: 'System.Management.Automation.SemanticVersion new(System.Version version)',
      invoke: (_self, [version]) => fromVersion(as(version, Version)),
    },
    {
      signature: 'System.Management.Automation.SemanticVersion new(int major, int minor = 0, int patch = 0)',
      invoke: (_self, [major, minor, patch]) => new SemanticVersion(int(major), int(minor), int(patch)),
    },
  ],
  staticMethods: {
    Parse: [
      {
        signature: 'System.Management.Automation.SemanticVersion Parse(string version)',
        invoke: (_self, [version]) => readSemanticVersion(text(version)),
      },
    ],
  },
  properties: {
    Major: { type: 'int', get: (version) => self(version).major },
    Minor: { type: 'int', get: (version) => self(version).minor },
    Patch: { type: 'int', get: (version) => self(version).patch },
    PreReleaseLabel: { type: 'string', get: (version) => self(version).label || null },
    BuildLabel: { type: 'string', get: () => null },
  },
  toText: (version) => self(version).text,
  equals: (left, right) => right instanceof SemanticVersion && compare(self(left), right) === 0,
  hashKey: (version) => self(version).text,
  compare: (left, right) => compare(self(left), self(right)),
  parse: (text) => readSemanticVersion(text),
  convertFrom: (value) => (value instanceof Version ? fromVersion(value) : notConvertible),
};
