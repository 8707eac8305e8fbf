import { Instance } from '../../values/instance.ts';
import { as, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType, TypeDescription } from '../net-type.ts';
import { lowerText, turkishLower, turkishUpper, upperText } from '../system/char-class.ts';
import type { CultureInfo } from './culture.ts';
import { hasDotlessI, listSeparatorOf } from './current-culture.ts';

/** Upper and lower case of text: `TextInfo`. */
export class TextInfo extends Instance {
  readonly culture: CultureInfo;
  constructor(culture: CultureInfo) {
    super();
    this.culture = culture;
  }
  get type(): NetType {
    return namedType('System.Globalization.TextInfo');
  }
}

/** The first letter of each word in capitals; words that are all capitals stay. */
function titleCase(value: string): string {
  return value.replace(/[\p{L}\p{M}']+/gu, (word) =>
    word === word.toUpperCase() && word.length > 1 ? word : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase(),
  );
}

function isTurkish(self: Value): boolean {
  return hasDotlessI(as(self, TextInfo).culture);
}

export const textInfoDescription: TypeDescription = {
  name: 'System.Globalization.TextInfo',
  kind: 'class',
  properties: {
    CultureName: { type: 'string', get: (value) => as(value, TextInfo).culture.name },
    IsReadOnly: { type: 'bool', get: () => true },
    IsRightToLeft: { type: 'bool', get: (value) => /^(?:ar|he|fa|ur)\b/.test(as(value, TextInfo).culture.name) },
    ListSeparator: {
      type: 'string',
      get: (value) => listSeparatorOf(as(value, TextInfo).culture.numbers.culture),
    },
  },
  methods: {
    ToLower: [
      {
        signature: 'string ToLower(string str)',
        invoke: (self, [value]) => (isTurkish(self) ? turkishLower : lowerText)(text(value)),
      },
    ],
    ToTitleCase: [{ signature: 'string ToTitleCase(string str)', invoke: (_value, [value]) => titleCase(text(value)) }],
    ToUpper: [
      {
        signature: 'string ToUpper(string str)',
        invoke: (self, [value]) => (isTurkish(self) ? turkishUpper : upperText)(text(value)),
      },
    ],
  },
};
