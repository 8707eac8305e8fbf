import { netFailure } from '../../errors/raise.ts';
import { Instance } from '../../values/instance.ts';
import { as, int, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { setReference } from '../collections/out-argument.ts';
import { comparableMethods } from '../comparable.ts';
import { Version } from '../identity/version.ts';
import { namedType, netTypes } from '../intrinsic.ts';
import { methodTable, overloadList } from '../method-table.ts';
import { type NetType, notConvertible, type TypeDescription } from '../net-type.ts';
import { attempt } from '../time/date-text.ts';

const name = 'System.Management.Automation.SemanticVersion';

/** `System.Management.Automation.SemanticVersion`: `$PSVersionTable.PSVersion`. Labels that are empty are none. */
export class SemanticVersion extends Instance {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  readonly label: string;
  readonly build: string;

  constructor(major: number, minor: number, patch: number, label = '', build = '') {
    super();
    this.major = major;
    this.minor = minor;
    this.patch = patch;
    this.label = label;
    this.build = build;
  }

  get type(): NetType {
    return namedType(name);
  }

  get text(): string {
    const numbers = `${this.major}.${this.minor}.${this.patch}`;
    return `${numbers}${this.label === '' ? '' : `-${this.label}`}${this.build === '' ? '' : `+${this.build}`}`;
  }

  /** Reads `7`, `7.4`, `7.4.1`, `7.4.1-preview.2`, `7.4.1-rc.1+build.5`. */
  static parse(text: string): SemanticVersion | undefined {
    const match = /^(\d+)(?:\.(\d+)(?:\.(\d+))?)?(?:-([^+]+))?(?:\+(.+))?$/.exec(text);
    if (match === null) return undefined;
    const [, major, minor = '0', patch = '0', label = '', build = ''] = match;
    const numbers = [major, minor, patch].map(Number);
    if (numbers.some((number) => number > 2_147_483_647) || !areLabels(label, build)) return undefined;
    return new SemanticVersion(numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 0, label, build);
  }
}

/** The units of a label before a release are numbers without a zero in front, or have a letter or hyphen; those of a build may be anything. */
const preReleaseLabel = /^(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)(?:\.(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*))*$/;
const buildLabel = /^[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*$/;

function areLabels(label: string, build: string): boolean {
  return (label === '' || preReleaseLabel.test(label)) && (build === '' || buildLabel.test(build));
}

/** The version whose behaviour the engine has. */
export const psVersion = new SemanticVersion(7, 6, 5);

function readSemanticVersion(input: string): SemanticVersion {
  if (input === '') throw netFailure('System.FormatException', 'version');
  const version = SemanticVersion.parse(input);
  if (version !== undefined) return version;
  throw netFailure('System.FormatException', "The input string '' was not in a correct format.");
}

function badArgument(argument: string): Error {
  return netFailure(
    'System.Management.Automation.PSArgumentException',
    `Cannot process argument because the value of argument "${argument}" is not valid. Change the value of the "${argument}" argument and run the operation again.`,
  );
}

function fromVersion(version: Version): SemanticVersion {
  if (version.part(3) > 0) throw badArgument('version');
  return new SemanticVersion(version.part(0), version.part(1), Math.max(version.part(2), 0));
}

function fromNumbers([major = 0, minor = 0, patch = 0]: readonly Value[], label = '', build = ''): SemanticVersion {
  const numbers = { major: int(major), minor: int(minor), patch: int(patch) };
  for (const [argument, number] of Object.entries(numbers)) if (number < 0) throw badArgument(argument);
  return new SemanticVersion(numbers.major, numbers.minor, numbers.patch, label, build);
}

/** A label that may bring a build label behind a plus sign. */
function withLabel(values: readonly Value[]): SemanticVersion {
  const [label = '', ...build] = text(values[3]).split('+');
  if (!areLabels(label, build.join('+'))) throw netFailure('System.FormatException', 'label');
  return fromNumbers(values, label, build.join('+'));
}

function withLabels(values: readonly Value[]): SemanticVersion {
  const [label, build] = [text(values[3]), text(values[4])];
  if (!areLabels(label, '')) throw netFailure('System.FormatException', 'preReleaseLabel');
  if (!areLabels('', build)) throw netFailure('System.FormatException', 'buildLabel');
  return fromNumbers(values, label, build);
}

/** Build labels do not count; labels by unit, numbers before words (Semantic Versioning 2.0.0, 11). */
function compare(left: Value, right: Value): number {
  const [a, b] = [self(left), self(right)];
  const difference = a.major - b.major || a.minor - b.minor || a.patch - b.patch;
  if (difference !== 0 || a.label === b.label) return Math.sign(difference);
  if (a.label === '') return 1;
  if (b.label === '') return -1;
  const [ours, theirs] = [a.label.split('.'), b.label.split('.')];
  for (let at = 0; at < Math.min(ours.length, theirs.length); at++) {
    const order = compareUnits(ours[at] ?? '', theirs[at] ?? '');
    if (order !== 0) return order;
  }
  return Math.sign(ours.length - theirs.length);
}

function compareUnits(ours: string, theirs: string): number {
  const [isNumber, isOtherNumber] = [/^\d+$/.test(ours), /^\d+$/.test(theirs)];
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
  if (isNumber) return Math.sign(Number(ours) - Number(theirs));
  return ours === theirs ? 0 : ours < theirs ? -1 : 1;
}

const self = (value: Value): SemanticVersion => as(value, SemanticVersion);

function compareAny(left: Value, right: Value): number {
  if (left === null || right === null) return left === right ? 0 : left === null ? -1 : 1;
  return compare(left, right);
}

export const semanticVersionDescription: TypeDescription = {
  name,
  kind: 'class',
  accelerators: ['semver'],
  interfaces: ['System.IComparable', `System.IComparable\`1[${name}]`, `System.IEquatable\`1[${name}]`],
  constructors: overloadList({
    'semver new(string version)': (_self, [version]) => readSemanticVersion(text(version)),
    'semver new(int major, int minor, int patch, string preReleaseLabel, string buildLabel)': (_self, values) =>
      withLabels(values),
    'semver new(int major, int minor, int patch, string label)': (_self, values) => withLabel(values),
    'semver new(int major, int minor, int patch)': (_self, values) => fromNumbers(values),
    'semver new(int major, int minor)': (_self, values) => fromNumbers(values),
    'semver new(int major)': (_self, values) => fromNumbers(values),
    'semver new(version version)': (_self, [version]) => fromVersion(as(version, Version)),
  }),
  staticMethods: methodTable({
    'static int Compare(semver versionA, semver versionB)': (_self, [left, right]) =>
      compareAny(left ?? null, right ?? null),
    'static semver Parse(string version)': (_self, [version]) => readSemanticVersion(text(version)),
    'static bool TryParse(string version, [ref] semver result)': (_self, [version, result]) => {
      const read = attempt(() => readSemanticVersion(text(version)));
      setReference(result, read ?? null);
      return read !== undefined;
    },
  }),
  properties: {
    Major: { type: 'int', get: (version) => self(version).major },
    Minor: { type: 'int', get: (version) => self(version).minor },
    Patch: { type: 'int', get: (version) => self(version).patch },
    PreReleaseLabel: { type: 'string', get: (version) => self(version).label || null },
    BuildLabel: { type: 'string', get: (version) => self(version).build || null },
  },
  methods: {
    ...comparableMethods('semver', compare),
    ...methodTable({ 'string ToString()': (version) => self(version).text }),
  },
  toText: (version) => self(version).text,
  equals: (left, right) => right instanceof SemanticVersion && compare(left, right) === 0,
  hashKey: (version) => self(version).text.replace(/\+.*$/, ''),
  compare,
  parse: (text) => readSemanticVersion(text),
  convertFrom: (value) => (value instanceof Version ? fromVersion(value) : notConvertible),
  convertTo: (value, target) => {
    if (target !== netTypes.version) return notConvertible;
    const { major, minor, patch } = self(value);
    return new Version([major, minor, patch]);
  },
};
