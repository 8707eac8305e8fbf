/** So many items are looked for one by one; more of them in a set of all. */
const FEW = 4;

/**
 * What came into a list and what went from it. A group may have tens of thousands of members, of which nearly all stay in their
 * places: only what stands between the first and the last difference is looked up.
 * @param same whether two items are one
 * @param keyOf a text that two items share exactly when they are one
 */
export function listDifferences<T>(
  was: readonly T[],
  is: readonly T[],
  same: (a: T, b: T) => boolean,
  keyOf: (item: T) => string,
): { readonly came: readonly T[]; readonly went: readonly T[] } {
  const isSameAt = (atWas: number, atIs: number): boolean => {
    const [a, b] = [was[atWas], is[atIs]];
    return a !== undefined && b !== undefined && same(a, b);
  };
  const most = Math.min(was.length, is.length);
  let start = 0;
  while (start < most && isSameAt(start, start)) start += 1;
  let tail = 0;
  while (tail < most - start && isSameAt(was.length - 1 - tail, is.length - 1 - tail)) tail += 1;
  const notIn = (list: readonly T[], items: readonly T[]): readonly T[] => {
    if (items.length <= FEW) return items.filter((item) => !list.some((each) => same(each, item)));
    const all = new Set(list.map(keyOf));
    return items.filter((item) => !all.has(keyOf(item)));
  };
  return {
    came: notIn(was, is.slice(start, is.length - tail)),
    went: notIn(is, was.slice(start, was.length - tail)),
  };
}
