import { compareText } from '../../conversion/collation.ts';
import { netFailure } from '../../errors/raise.ts';
import { EnumValue } from '../../values/enum.ts';
import { ComparerInstance, defaultComparer, foldOrdinal, type MapKey } from '../../values/key-comparer.ts';
import { as, bool } from '../../values/narrow.ts';
import { PSObject } from '../../values/ps-object.ts';
import type { Value } from '../../values/value.ts';
import { compareDefault } from '../collections/order.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType, Property, TypeDescription } from '../net-type.ts';
import { compareBy } from '../system/text/string-comparison.ts';

type Rule = 'ordinal' | 'culture';

/** `System.StringComparer`: compares and equates text by one rule, other values by their own. */
export class StringComparer extends ComparerInstance {
  readonly rule: Rule;
  readonly ignoreCase: boolean;

  constructor(rule: Rule, ignoreCase: boolean) {
    super();
    this.rule = rule;
    this.ignoreCase = ignoreCase;
  }

  get type(): NetType {
    if (this.rule === 'culture') return namedType('System.CultureAwareComparer');
    return namedType(this.ignoreCase ? 'System.OrdinalIgnoreCaseComparer' : 'System.OrdinalCaseSensitiveComparer');
  }

  keyOf(key: Value): MapKey {
    if (key instanceof PSObject) return this.keyOf(key.base);
    if (typeof key !== 'string') return defaultComparer.keyOf(key);
    return defaultComparer.keyOf(this.#fold(key));
  }

  /** By culture, composed and decomposed accents are the same. */
  #fold(text: string): string {
    const normal = this.rule === 'culture' ? text.normalize('NFC') : text;
    return this.ignoreCase ? foldOrdinal(normal) : normal;
  }

  compare(left: Value, right: Value): number {
    if (typeof left !== 'string' || typeof right !== 'string') return compareDefault(left, right);
    if (this.rule === 'culture') return compareText(left, right, this.ignoreCase);
    return compareBy(left, right, { ordinal: true, ignoreCase: this.ignoreCase });
  }
}

const comparers = {
  InvariantCulture: new StringComparer('culture', false),
  InvariantCultureIgnoreCase: new StringComparer('culture', true),
  CurrentCulture: new StringComparer('culture', false),
  CurrentCultureIgnoreCase: new StringComparer('culture', true),
  Ordinal: new StringComparer('ordinal', false),
  OrdinalIgnoreCase: new StringComparer('ordinal', true),
} as const;

const self = (value: Value): StringComparer => as(value, StringComparer);

const constant = (comparer: StringComparer): Property => ({ type: 'System.StringComparer', get: () => comparer });

/** By the order of StringComparison. */
const byComparison = [
  comparers.CurrentCulture,
  comparers.CurrentCultureIgnoreCase,
  comparers.InvariantCulture,
  comparers.InvariantCultureIgnoreCase,
  comparers.Ordinal,
  comparers.OrdinalIgnoreCase,
];

const stringComparerDescription: TypeDescription = {
  name: 'System.StringComparer',
  kind: 'class',
  isAbstract: true,
  interfaces: [
    'System.Collections.IComparer',
    'System.Collections.IEqualityComparer',
    'System.Collections.Generic.IComparer`1[System.String]',
    'System.Collections.Generic.IEqualityComparer`1[System.String]',
  ],
  staticProperties: Object.fromEntries(Object.entries(comparers).map(([name, one]) => [name, constant(one)])),
  staticMethods: {
    Create: [
      {
        signature: 'static System.StringComparer Create(cultureinfo culture, bool ignoreCase)',
        invoke: (_self, [, ignoreCase]) => new StringComparer('culture', bool(ignoreCase)),
      },
    ],
    FromComparison: [
      {
        signature: 'static System.StringComparer FromComparison(System.StringComparison comparisonType)',
        invoke: (_self, [comparison]) => {
          const found = byComparison[comparison instanceof EnumValue ? Number(comparison.value) : 0];
          if (found !== undefined) return found;
          throw netFailure(
            'System.ArgumentException',
            'The string comparison type passed in is currently not supported.',
            {
              parameter: 'comparisonType',
            },
          );
        },
      },
    ],
  },
  methods: {
    Compare: [
      {
        signature: 'int Compare(string x, string y)',
        invoke: (value, [x, y]) => self(value).compare(x ?? null, y ?? null),
      },
      {
        signature: 'int Compare(System.Object x, System.Object y)',
        invoke: (value, [x, y]) => self(value).compare(x ?? null, y ?? null),
      },
    ],
    Equals: [
      {
        signature: 'bool Equals(string x, string y)',
        invoke: (value, [x, y]) => self(value).keyOf(x ?? null) === self(value).keyOf(y ?? null),
      },
      { signature: 'bool Equals(System.Object obj)', invoke: (value, [other]) => value === other },
      {
        signature: 'bool Equals(System.Object x, System.Object y)',
        invoke: (value, [x, y]) => self(value).keyOf(x ?? null) === self(value).keyOf(y ?? null),
      },
    ],
  },
};

function derived(name: string): TypeDescription {
  return { name, kind: 'class', base: 'System.StringComparer' };
}

export const comparerDescriptions: readonly TypeDescription[] = [
  stringComparerDescription,
  derived('System.CultureAwareComparer'),
  derived('System.OrdinalCaseSensitiveComparer'),
  derived('System.OrdinalIgnoreCaseComparer'),
];
