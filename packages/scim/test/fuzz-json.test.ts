import { parseJson, printJson } from '@joinery/scim';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzzMs, mutated, prototypeIsClean, share, withinASecond } from '../../../testing/fuzz-runs.ts';
import { problemOf } from './problem-of.ts';

const pieces = [
  ...['{', '}', '[', ']', '[[[[', '{"a":', ',', ':', '"', '\\', '\\u0000', '\\ud800', '\\ud83d\\ude00', '/', '\0'],
  ...['"__proto__":{"polluted":1}', '"constructor":{"prototype":{"polluted":1}}', '"a":1,"a":2', '"toString":null'],
  ...['1e999', '-0', '01', '.5', '1.', '9007199254740993', '1'.repeat(50), 'NaN', 'tru', 'null', '\ufeff', '\u2028'],
];

const texts = mutated(
  fc.oneof(
    { weight: 8, arbitrary: fc.json({ maxDepth: 4 }) },
    { weight: 1, arbitrary: fc.nat(2000).map((depth) => '['.repeat(depth) + ']'.repeat(depth)) },
    { weight: 1, arbitrary: fc.nat(200).map((depth) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`) },
  ),
  pieces,
);

test(
  'any text is read as JSON.parse reads it, or refused as a body problem; nothing leaks into prototypes',
  () => {
    let accepted = 0;
    fc.assert(
      fc.property(texts, (text) => {
        let printed: string | undefined;
        const code = withinASecond(() =>
          problemOf(() => {
            printed = printJson(parseJson(text));
          }),
        );
        expect(prototypeIsClean()).toBe(true);
        if (printed === undefined) expect(['SCIM_BODY_SYNTAX', 'SCIM_BODY_LIMIT']).toContain(code);
        else {
          accepted += 1;
          expect(JSON.stringify(JSON.parse(printed))).toBe(JSON.stringify(JSON.parse(text)));
        }
      }),
      share(0.2),
    );
    expect(accepted).toBeGreaterThan(share(0.2).numRuns / 20);
  },
  fuzzMs,
);
