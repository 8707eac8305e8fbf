import fc from 'fast-check';

/** Runs of all fuzz tests together: 10⁵ with every test run, 10⁶ by `npm run fuzz`. */
const total = Number(process.env.JOINERY_FUZZ_RUNS ?? 100_000);

/** The options of one property. @param share its part of all runs, from 0 to 1 */
export function share(part: number): { readonly numRuns: number } {
  return { numRuns: Math.ceil(total * part) };
}

/** Milliseconds that one fuzz test may take. */
export const fuzzMs = Math.max(60_000, total * 2);

/**
 * Runs the work and refuses more than a second of processor time: waiting for other programs does not count.
 * @throws whatever the work throws
 */
export function withinASecond<T>(work: () => T): T {
  const before = process.cpuUsage();
  const result = work();
  checkSecond(before);
  return result;
}

export function checkSecond(before: NodeJS.CpuUsage): void {
  const { user, system } = process.cpuUsage(before);
  if (user + system > 1_000_000) throw new Error(`It took ${(user + system) / 1000} ms.`);
}

/** True as long as nothing has put a member on the prototype that all objects share. */
export function prototypeIsClean(): boolean {
  return Object.keys(Object.prototype).length === 0 && !('polluted' in Object.prototype);
}

/** One edit of a text: characters are taken out, and others put in, which may come from the text itself. */
interface Edit {
  readonly at: number;
  readonly remove: number;
  readonly insert: string | number;
}

/**
 * Texts with a few edits: what a careless or a clever client makes of a right one.
 * @param pieces what the language is made of, to be inserted beside arbitrary characters
 */
export function mutated(texts: fc.Arbitrary<string>, pieces: readonly string[]): fc.Arbitrary<string> {
  const edit: fc.Arbitrary<Edit> = fc.record({
    at: fc.nat(10_000),
    remove: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(6)),
    insert: fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 2 }), fc.nat(12)),
  });
  return fc.tuple(texts, fc.array(edit, { maxLength: 4 })).map(([text, edits]) => edits.reduce(apply, text));
}

function apply(text: string, { at, remove, insert }: Edit): string {
  const place = at % (text.length + 1);
  const added = typeof insert === 'string' ? insert : text.slice(place, place + insert).repeat(3);
  return text.slice(0, place) + added + text.slice(place + remove);
}
