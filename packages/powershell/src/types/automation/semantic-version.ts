import { Instance } from '../../values/instance.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType, TypeDescription } from '../net-type.ts';

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

function compare(left: SemanticVersion, right: SemanticVersion): number {
  const difference = left.major - right.major || left.minor - right.minor || left.patch - right.patch;
  if (difference !== 0 || left.label === right.label) return difference;
  if (left.label === '') return 1;
  if (right.label === '') return -1;
  return left.label < right.label ? -1 : 1;
}

const self = (value: unknown): SemanticVersion => {
  if (value instanceof SemanticVersion) return value;
  throw new TypeError('a semantic version was expected');
};

export const semanticVersionDescription: TypeDescription = {
  name: 'System.Management.Automation.SemanticVersion',
  kind: 'class',
  accelerators: ['semver'],
  interfaces: ['System.IComparable'],
  constructors: [
    {
      signature: 'System.Management.Automation.SemanticVersion new(string version)',
      invoke: (_self, [text]) => SemanticVersion.parse(String(text)) ?? psVersion,
    },
    {
      signature: 'System.Management.Automation.SemanticVersion new(int major, int minor = 0, int patch = 0)',
      invoke: (_self, [major, minor, patch]) => new SemanticVersion(Number(major), Number(minor), Number(patch)),
    },
  ],
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
  parse: (text) => SemanticVersion.parse(text) ?? null,
};
