import {
  bindFilter,
  matches,
  parseFilter,
  predicateToSql,
  printFilter,
  readQueryString,
  type ScimProfile,
} from '@joinery/scim';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzzMs, mutated, share, withinASecond } from '../../../testing/fuzz-runs.ts';
import { filter, things, type } from './generated-filters.ts';
import { problemOf } from './problem-of.ts';
import { ENT, strictUsers, users } from './server-under-test.ts';

const pieces = [
  ...['(', ')', '((((', '[', ']', '].', ' ', '"', '\\', '\\u', '\\ud800', "'", '.', ':', ',', '-', '=', '\t', '\0'],
  ...[' and ', ' or ', 'not ', 'not(', ' eq ', ' pr', ' co ', ' GT ', ' eq null', ' eq true', ' eq -1e400', ' eq 1.5'],
  ...['userName', 'emails', 'emails[', 'emails[type eq "work"].value', 'meta.created', 'active', ENT, 'urn:'],
  ...['__proto__', 'constructor', 'toString', '$ref', 'size', 'born', 'tags', '\u{1F600}', '\ud800', 'İ', '٣'],
];

const right = filter.map(printFilter);
const texts = mutated(
  fc.oneof(
    right,
    fc.tuple(right, right).map(([a, b]) => `${a} and ${b}`),
    fc.nat(200).map((count) => `${'('.repeat(count)}userName pr${')'.repeat(count)}`),
    fc.nat(300).map((count) => Array.from({ length: count + 1 }, () => 'userName eq "x"').join(' or ')),
    fc.nat(80).map((count) => `${'not '.repeat(count)}emails[${'not '.repeat(count)}type pr]`),
  ),
  pieces,
);

function meets(text: string, profile: ScimProfile): void {
  const node = parseFilter(text, profile);
  const predicate = bindFilter(node, type);
  for (const thing of things.slice(0, 3)) matches(predicate, thing);
  predicateToSql(predicate, 'postgres', () => ({ kind: 'document', document: 'document' }));
  // What is accepted means the same when it is printed and read again.
  expect(bindFilter(parseFilter(printFilter(node)), type)).toEqual(predicate);
  bindFilter(node, profile === 'strict' ? strictUsers : users);
}

test(
  'any filter, right or almost right, is evaluated or refused as a filter problem, within a second',
  () => {
    let accepted = 0;
    fc.assert(
      fc.property(texts, fc.constantFrom<ScimProfile>('entra', 'strict'), (text, profile) => {
        const code = withinASecond(() => problemOf(() => meets(text, profile)));
        if (code === undefined) accepted += 1;
        else expect(code).toMatch(/^SCIM_FILTER_/);
      }),
      share(0.35),
    );
    // Mutation must not drown the grammar: a good part still reads.
    expect(accepted).toBeGreaterThan(share(0.35).numRuns / 20);
  },
  fuzzMs,
);

test(
  'any query string is read or refused as a query problem',
  () => {
    const query = mutated(
      fc
        .array(fc.constantFrom('filter=id+eq+%22x%22', 'count=5', 'startIndex=1', 'attributes=a,b[c]', 'sortBy=x', 'x'))
        .map((parts) => parts.join('&')),
      ['%', '%ff', '%00', '&', '=', '+', '[', '"', '\\', ',', 'COUNT=-1', '__proto__=1', 'excludedAttributes=a'],
    );
    fc.assert(
      fc.property(query, (text) => {
        const code = withinASecond(() => problemOf(() => readQueryString(text)));
        expect([undefined, 'SCIM_QUERY_INVALID']).toContain(code);
      }),
      share(0.05),
    );
  },
  fuzzMs,
);
