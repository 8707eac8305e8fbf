/**
 * The name that was probably meant: the same in another case, else the one with the fewest changed characters, if few enough.
 * @returns undefined when none is near
 */
export function nearestName(written: string, names: Iterable<string>): string | undefined {
  const folded = written.trim().toLowerCase();
  const farthest = Math.max(1, Math.floor(folded.length / 3));
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const name of names) {
    const candidate = name.toLowerCase();
    if (Math.abs(candidate.length - folded.length) > farthest) continue;
    const found = distance(folded, candidate);
    if (found <= farthest && (best === undefined || found < best.distance)) best = { name, distance: found };
  }
  return best?.name;
}

/** Edit distance where two neighbours changing places count once. */
function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min((last[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (beforeLast[j - 2] ?? 0) + 1);
      }
      current.push(least);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}
