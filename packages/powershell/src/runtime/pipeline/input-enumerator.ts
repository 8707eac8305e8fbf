import { EnumeratorObject } from '../../types/collections/enumerator.ts';
import { namedType } from '../../types/intrinsic.ts';
import type { Value } from '../../values/value.ts';

const type = namedType('System.Collections.ArrayList+ArrayListEnumeratorSimple');

/** `$input`: walks the objects that were piped in, once. */
export function inputEnumerator(items: readonly Value[]): EnumeratorObject {
  return new EnumeratorObject(type, () => items[Symbol.iterator]());
}
