import { WildcardPattern } from '../../operators/wildcard.ts';
import { EnumValue } from '../../values/enum.ts';
import { Instance } from '../../values/instance.ts';
import { as, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { enumeration } from '../enumeration.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType, TypeDescription } from '../net-type.ts';

/** What `-split` takes behind its limit. */
const splitOptions = enumeration(
  'System.Management.Automation.SplitOptions',
  {
    SimpleMatch: 1,
    RegexMatch: 2,
    CultureInvariant: 4,
    IgnorePatternWhitespace: 8,
    Multiline: 16,
    Singleline: 32,
    IgnoreCase: 64,
    ExplicitCapture: 128,
  },
  { flags: true },
);

const wildcardOptions = enumeration(
  'System.Management.Automation.WildcardOptions',
  { None: 0, Compiled: 1, IgnoreCase: 2, CultureInvariant: 4 },
  { flags: true },
);

/** `[WildcardPattern]`: a pattern as a value; it minds case unless its options say otherwise. */
export class WildcardObject extends Instance {
  readonly pattern: WildcardPattern;
  constructor(pattern: WildcardPattern) {
    super();
    this.pattern = pattern;
  }
  get type(): NetType {
    return namedType('System.Management.Automation.WildcardPattern');
  }
}

function make(pattern: Value, options: Value = null): WildcardObject {
  const bits = options instanceof EnumValue ? Number(options.value) : 0;
  return new WildcardObject(new WildcardPattern(text(pattern), { ignoreCase: (bits & 2) !== 0 }));
}

const options = 'System.Management.Automation.WildcardOptions options';

const wildcardPattern: TypeDescription = {
  name: 'System.Management.Automation.WildcardPattern',
  kind: 'class',
  accelerators: ['WildcardPattern'],
  constructors: [
    { signature: 'WildcardPattern new(string pattern)', invoke: (_self, [pattern]) => make(pattern) },
    {
      signature: `WildcardPattern new(string pattern, ${options})`,
      invoke: (_self, [pattern, bits]) => make(pattern, bits),
    },
  ],
  methods: {
    IsMatch: [
      {
        signature: 'bool IsMatch(string input)',
        invoke: (self, [input]) => as(self, WildcardObject).pattern.matches(text(input)),
      },
    ],
  },
  staticMethods: {
    Get: [
      {
        signature: `WildcardPattern Get(string pattern, ${options})`,
        invoke: (_self, [pattern, bits]) => make(pattern, bits),
      },
    ],
    Escape: [
      {
        signature: 'string Escape(string pattern)',
        invoke: (_self, [pattern]) => WildcardPattern.escape(text(pattern)),
      },
    ],
    Unescape: [
      {
        signature: 'string Unescape(string pattern)',
        invoke: (_self, [pattern]) => WildcardPattern.unescape(text(pattern)),
      },
    ],
    ContainsWildcardCharacters: [
      {
        signature: 'bool ContainsWildcardCharacters(string pattern)',
        invoke: (_self, [pattern]) => WildcardPattern.has(text(pattern)),
      },
    ],
  },
};

export const operatorTypes: readonly TypeDescription[] = [splitOptions, wildcardOptions, wildcardPattern];
