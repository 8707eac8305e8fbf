import type { NetType } from '../types/net-type.ts';
import { EnumValue } from './enum.ts';
import { Instance } from './instance.ts';
import { PSObject } from './ps-object.ts';
import type { Value } from './value.ts';

/** What stands for a key in a JavaScript `Map` or `Set`: the same for two keys exactly where .NET's `Equals` says so. */
export type MapKey = string | number | bigint | boolean | null | object;

/** How a dictionary or set tells keys apart: an `IEqualityComparer`. */
export interface KeyComparer {
  /** `StringComparer` and the like, as `.Comparer` answers it; `undefined` is the default of the key's type. */
  readonly instance?: Instance;
  keyOf(key: Value): MapKey;
}

const notAscii = /[^\0-\x7f]/;

/** Keys that were folded before: scripts use the same few again and again, and a text that is kept knows its hash. */
const folds = new Map<string, string>();
const mostFolds = 512;
const longestFold = 40;

/** Text as `OrdinalIgnoreCase` sees it: unit by unit in simple upper case, so that `ß` and `SS` stay two. */
export function foldOrdinal(text: string): string {
  const known = folds.get(text);
  if (known !== undefined) return known;
  const folded = fold(text);
  if (text.length <= longestFold) {
    if (folds.size >= mostFolds) folds.clear();
    folds.set(text, folded);
  }
  return folded;
}

function fold(text: string): string {
  if (!notAscii.test(text)) return text.toLowerCase();
  let folded = '';
  for (const character of text) {
    const upper = character.toUpperCase();
    folded += upper.length === character.length ? lowerAscii(upper) : character;
  }
  return folded;
}

function lowerAscii(upper: string): string {
  return upper <= 'Z' ? upper.toLowerCase() : upper;
}

/**
 * The map key of any value under its own `Equals`. Text that could be taken for the key of another kind of value (it begins
 * with U+0000) gets one U+0000 more.
 */
function ownKey(key: Value): MapKey {
  if (typeof key === 'string') return key.charCodeAt(0) === 0 ? `\0${key}` : key;
  if (key instanceof Instance) return instanceKey(key);
  return key ?? null;
}

function instanceKey(key: Instance): MapKey {
  if (key instanceof PSObject) return ownKey(key.base);
  if (key instanceof EnumValue) return `\0\u0001${key.type.name}\0${key.value}`;
  const hashKey = key.type.description.hashKey;
  return hashKey === undefined ? key : `\0\u0001${key.type.name}\0${hashKey(key)}`;
}

/** Text by its units, everything else by its own `Equals`: the default of every dictionary of .NET. */
export const defaultComparer: KeyComparer = { keyOf: ownKey };

/** As {@link defaultComparer}, but the case of text does not matter: PowerShell's own hashtables. */
export const ignoreCaseComparer: KeyComparer = {
  keyOf(key: Value): MapKey {
    if (typeof key === 'string') {
      const folded = foldOrdinal(key);
      return folded.charCodeAt(0) === 0 ? `\0${folded}` : folded;
    }
    if (key instanceof PSObject) return ignoreCaseComparer.keyOf(key.base);
    return ownKey(key);
  },
};

/** An object that can be the comparer of a dictionary, set or sort, such as `StringComparer.OrdinalIgnoreCase`. */
export abstract class ComparerInstance extends Instance implements KeyComparer {
  abstract override readonly type: NetType;
  get instance(): Instance {
    return this;
  }
  abstract keyOf(key: Value): MapKey;
  abstract compare(left: Value, right: Value): number;
}

/** `Equals` of .NET: same type and equal value, for objects without an `Equals` of their own the same object. */
export function netEquals(left: Value, right: Value): boolean {
  return left === right || ownKey(left) === ownKey(right);
}
