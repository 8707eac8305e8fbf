import { compareText } from '../../conversion/collation.ts';
import { EnumValue } from '../../values/enum.ts';
import { Instance } from '../../values/instance.ts';
import { text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType, TypeDescription } from '../net-type.ts';

/** Comparing of text: `CompareInfo`. */
export class CompareInfo extends Instance {
  get type(): NetType {
    return namedType('System.Globalization.CompareInfo');
  }
}

export const ignoreCase = 1;

export const ignoreNonSpace = 2;

function compare(left: string, right: string, options: Value): number {
  const bits = options instanceof EnumValue ? Number(options.value) : 0;
  const strip = (value: string): string =>
    (bits & ignoreNonSpace) === 0 ? value : value.normalize('NFD').replace(/\p{Mn}/gu, '');
  return Math.sign(compareText(strip(left), strip(right), (bits & ignoreCase) !== 0));
}

export const compareInfoDescription: TypeDescription = {
  name: 'System.Globalization.CompareInfo',
  kind: 'class',
  properties: { Name: { type: 'string', get: () => '' } },
  methods: {
    Compare: [
      {
        signature: 'int Compare(string string1, string string2)',
        invoke: (_value, [a, b]) => compare(text(a), text(b), null),
      },
      {
        signature: 'int Compare(string string1, string string2, System.Globalization.CompareOptions options)',
        invoke: (_value, [a, b, options]) => compare(text(a), text(b), options),
      },
    ],
    IndexOf: [
      {
        signature: 'int IndexOf(string source, string value)',
        invoke: (_value, [source, wanted]) => indexOf(text(source), text(wanted), null),
      },
      {
        signature: 'int IndexOf(string source, string value, System.Globalization.CompareOptions options)',
        invoke: (_value, [source, wanted, options]) => indexOf(text(source), text(wanted), options),
      },
    ],
    IsPrefix: [
      {
        signature: 'bool IsPrefix(string source, string prefix)',
        invoke: (_value, [source, prefix]) =>
          compare(text(source).slice(0, text(prefix).length), text(prefix), null) === 0,
      },
      {
        signature: 'bool IsPrefix(string source, string prefix, System.Globalization.CompareOptions options)',
        invoke: (_value, [source, prefix, options]) =>
          compare(text(source).slice(0, text(prefix).length), text(prefix), options) === 0,
      },
    ],
    IsSuffix: [
      {
        signature: 'bool IsSuffix(string source, string suffix, System.Globalization.CompareOptions options)',
        invoke: (_value, [source, suffix, options]) =>
          compare(text(source).slice(-text(suffix).length || text(source).length), text(suffix), options) === 0,
      },
    ],
  },
};

function indexOf(source: string, wanted: string, options: Value): number {
  for (let at = 0; at + wanted.length <= source.length; at++) {
    if (compare(source.slice(at, at + wanted.length), wanted, options) === 0) return at;
  }
  return -1;
}
