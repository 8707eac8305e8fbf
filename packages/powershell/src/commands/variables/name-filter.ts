import { WildcardPattern } from '../../operators/wildcard.ts';

/** `-Include` and `-Exclude` on names: one of the first, where there are any, and none of the second. */
export function nameFilter(include: readonly string[], exclude: readonly string[]): (name: string) => boolean {
  const wanted = include.map((pattern) => new WildcardPattern(pattern));
  const unwanted = exclude.map((pattern) => new WildcardPattern(pattern));
  return (name) =>
    (wanted.length === 0 || wanted.some((pattern) => pattern.matches(name))) &&
    !unwanted.some((pattern) => pattern.matches(name));
}
