import { tryConvert } from '../../conversion/convert.ts';
import { enumerable } from '../../conversion/enumerate.ts';
import { isTrue } from '../../conversion/truth.ts';
import { languageCompare, languageEquals } from '../../operators/compare.ts';
import { sessionOf } from '../../runtime/session-of.ts';
import { objectArray } from '../../values/array.ts';
import { as, bool } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { setReference } from '../collections/out-argument.ts';
import { type CallContext, NetType, notConvertible, type TypeDescription } from '../net-type.ts';

function compare(first: Value, second: Value, ignoreCase: boolean, context: CallContext): number {
  return Math.sign(languageCompare(first, second, ignoreCase, sessionOf(context)));
}

/** The language's own conversions and comparisons, as .NET code calls them. */
export const languagePrimitivesDescription: TypeDescription = {
  name: 'System.Management.Automation.LanguagePrimitives',
  kind: 'class',
  isAbstract: true,
  staticMethods: {
    IsTrue: [{ signature: 'static bool IsTrue(System.Object obj)', invoke: (_self, [value]) => isTrue(value) }],
    Equals: [
      {
        signature: 'static bool Equals(System.Object first, System.Object second)',
        invoke: (_self, [first, second], context) => languageEquals(first, second, false, sessionOf(context)),
      },
      {
        signature: 'static bool Equals(System.Object first, System.Object second, bool ignoreCase)',
        invoke: (_self, [first, second, ignoring], context) =>
          languageEquals(first, second, bool(ignoring), sessionOf(context)),
      },
    ],
    Compare: [
      {
        signature: 'static int Compare(System.Object first, System.Object second)',
        invoke: (_self, [first, second], context) => compare(first, second, false, context),
      },
      {
        signature: 'static int Compare(System.Object first, System.Object second, bool ignoreCase)',
        invoke: (_self, [first, second, ignoring], context) => compare(first, second, bool(ignoring), context),
      },
    ],
    ConvertTo: [
      {
        signature: 'static System.Object ConvertTo(System.Object valueToConvert, type resultType)',
        invoke: (_self, [value, type], context) => context.convert(value, as(type, NetType)),
      },
    ],
    TryConvertTo: [
      {
        signature:
          'static bool TryConvertTo(System.Object valueToConvert, type resultType, [ref] System.Object result)',
        invoke: (_self, [value, type, result], context) => {
          const converted = tryConvert(value, as(type, NetType), sessionOf(context));
          setReference(result, converted === notConvertible ? null : converted);
          return converted !== notConvertible;
        },
      },
    ],
    GetEnumerable: [
      {
        signature: 'static System.Collections.IEnumerable GetEnumerable(System.Object obj)',
        invoke: (_self, [value], context) => {
          const items = enumerable(value, context);
          return items === undefined ? null : objectArray([...items]);
        },
      },
    ],
  },
};
