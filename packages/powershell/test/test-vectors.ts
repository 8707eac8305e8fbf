import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { runVector } from '../src/vectors/run-vector.ts';
import { parseVectors } from '../src/vectors/vector.ts';

/** Vectors that the engine answers otherwise, by id, each with the reason. */
const known = new Map<string, string>(
  Object.entries(JSON.parse(readFileSync(new URL('./known-differences.json', import.meta.url), 'utf8'))),
);

/** One test per vector of the areas. A vector that is listed as different must differ: a listed one that agrees fails. */
export function testVectors(areas: readonly string[]): void {
  process.env.TZ = 'UTC';
  for (const area of areas) describe(area, () => testArea(area));
}

function testArea(area: string): void {
  const file = new URL(`./fixtures/vectors/${area}.json`, import.meta.url);
  for (const vector of parseVectors(readFileSync(file, 'utf8'))) {
    const title = vector.note === undefined ? vector.id : `${vector.id}: ${vector.note}`;
    const reason = known.get(vector.id);
    if (reason === undefined) {
      test(title, () => {
        expect(runVector(vector).differences).toEqual([]);
      });
    } else {
      test(`${title} (differs: ${reason})`, () => {
        expect(differs(() => runVector(vector).differences.length)).toBe(true);
      });
    }
  }
}

function differs(count: () => number): boolean {
  try {
    return count() > 0;
  } catch {
    // The engine's own failure is a difference too.
    return true;
  }
}
