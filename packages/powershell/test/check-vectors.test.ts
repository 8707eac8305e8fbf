import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type CheckReport, check } from '../src/check/index.ts';
import { parseVectors, type Vector } from '../src/vectors/vector.ts';

/* The check held against the conformance vectors: it must neither find fault with what runs nor pass what does not. */

const fixtures = new URL('./fixtures/vectors/', import.meta.url);
const areas = readdirSync(fixtures).filter((name) => !name.includes('corners'));
const vectors = areas.flatMap((name) =>
  parseVectors(readFileSync(new URL(name, fixtures), 'utf8')).filter(({ result }) => !('parse' in result)),
);

function checked({ script, files = {} }: Vector): CheckReport {
  const scripts = Object.entries(files).filter(([name]) => /\.psm?1$/.test(name));
  return check([
    { text: script, file: undefined },
    ...scripts.map(([name, text]) => ({ text, file: `/scripts/${name}` })),
  ]);
}

/** Vectors whose scripts name, on purpose, what PowerShell does not have either. */
const astray: readonly string[] = JSON.parse(
  readFileSync(new URL('./fixtures/check-missing.json', import.meta.url), 'utf8'),
);

test('only scripts that name what is nowhere are said to miss something', () => {
  const missing = vectors.filter((vector) => checked(vector).findings.some(({ state }) => state === 'missing'));
  expect(missing.map(({ id }) => id).sort()).toEqual(astray);
});

test('a vector that the engine answers otherwise is not called covered', () => {
  const known: Record<string, string> = JSON.parse(
    readFileSync(new URL('./known-differences.json', import.meta.url), 'utf8'),
  );
  const passed = vectors.filter(
    (vector) => Object.hasOwn(known, vector.id) && checked(vector).findings.every(({ state }) => state === 'covered'),
  );
  expect(passed.map(({ id }) => id)).toEqual([]);
});
