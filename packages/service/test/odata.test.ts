import { isProblem } from '@joinery/problems';
import { type FilterNode, printFilter } from '@joinery/scim';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseODataFilter } from '../src/odata/parse-filter.ts';
import { readQueryOptions } from '../src/odata/query-options.ts';
import { SkipTokens } from '../src/odata/skip-token.ts';

describe('$filter', () => {
  test.each([
    ["userPrincipalName eq 'a@b'", 'userPrincipalName eq "a@b"'],
    ["mail eq 'O''Brien'", 'mail eq "O\'Brien"'],
    ["id eq 'X' or appId eq 'X'", 'id eq "X" or appId eq "X"'],
    ['not (a eq 1) AND (b ne null or c ge true)', 'not (a eq 1) and (b ne null or c ge true)'],
    ["startsWith(displayName,'z')", 'displayName sw "z"'],
    ["contains(a, 'b') and endswith(c,'d')", 'a co "b" and c ew "d"'],
    ["a in ('x','y')", 'a eq "x" or a eq "y"'],
    ['activityDateTime gt 2026-01-31T10:00:00Z', 'activityDateTime gt "2026-01-31T10:00:00Z"'],
    ["a eq ''", 'a eq ""'],
  ])('%s is read', (odata, scim) => {
    expect(printFilter(parseODataFilter(odata))).toBe(scim);
  });

  test.each([
    ['', 1],
    ['mail', 5],
    ['mail eq', 8],
    ["mail eq 'x", 9],
    ["mail like 'x'", 6],
    ["mail eq 'x' and", 16],
    ["(mail eq 'x'", 13],
    ["mail eq 'x')", 12],
    ["lower(mail) eq 'x'", 1],
    ['mail eq word', 9],
    ["mail in 'x'", 9],
    [`${'('.repeat(40)}a eq 1${')'.repeat(40)}`, 32],
  ])('%s is refused at position %i', (text, position) => {
    expect(() => parseODataFilter(text)).toThrow(
      expect.objectContaining({
        code: 'SERVICE_FILTER_SYNTAX',
        detail: expect.stringMatching(new RegExp(`at position ${position}\\.$`)),
      }),
    );
  });

  test('what is printed as OData is read as what it was', () => {
    const text = fc.string({ unit: 'binary' }).filter((value) => !value.includes('\u0000'));
    const leaf = fc
      .record({ name: fc.constantFrom('mail', 'sourceIdentity/id', 'extension_x'), text })
      .map(({ name, text: value }): readonly [string, FilterNode] => [
        `${name} eq '${value.replaceAll("'", "''")}'`,
        { kind: 'compare', path: name, operator: 'eq', value: { kind: 'string', text: value } },
      ]);
    fc.assert(
      fc.property(fc.array(leaf, { minLength: 2, maxLength: 6 }), fc.constantFrom('and', 'or'), (leaves, kind) => {
        const odata = leaves.map(([part]) => part).join(` ${kind} `);
        expect(parseODataFilter(odata)).toEqual({ kind, operands: leaves.map(([, node]) => node) });
      }),
    );
  });

  test('any text is a filter or a problem, soon', () => {
    const piece = fc.constantFrom(
      "'",
      "''",
      '(',
      ')',
      ',',
      ' ',
      'not',
      'and',
      'or',
      'eq',
      'in',
      'a',
      '1',
      'null',
      '\u{1F600}',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 400 }).map((pieces) => pieces.join('')),
        (text) => {
          try {
            parseODataFilter(text);
          } catch (error) {
            if (!isProblem(error, 'SERVICE_FILTER_SYNTAX')) throw error;
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('query options', () => {
  test('are found with and without $, in any case', () => {
    const options = readQueryOptions({ Top: '5', $SELECT: 'id, Mail' }, ['$select', '$top']);
    expect(options).toMatchObject({ top: 5, select: ['id', 'Mail'] });
  });

  test.each([
    [{ $top: '0' }],
    [{ $top: '1e2' }],
    [{ $select: 'a,,b' }],
    [{ $top: ['1', '2'] }],
    [{ top: '1', $top: '1' }],
    [{ $format: 'xml' }],
  ])('%j is refused', (query) => {
    expect(() => readQueryOptions(query, ['$select', '$top'])).toThrow(
      expect.objectContaining({ code: 'SERVICE_QUERY_INVALID' }),
    );
  });
});

describe('skip tokens', () => {
  const tokens = new SkipTokens(Buffer.alloc(32, 7));

  test('carry any key back, for their own request alone', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string(), (key, request) => {
        fc.pre(key.isWellFormed());
        const token = tokens.make(request, key);
        expect(token).toMatch(/^[\w-]+$/);
        expect(tokens.read(request, token)).toBe(key);
        expect(() => tokens.read(`${request}x`, token)).toThrow(
          expect.objectContaining({ code: 'SERVICE_QUERY_INVALID' }),
        );
      }),
    );
  });

  test('of another service, cut or changed, are refused', () => {
    const token = new SkipTokens(Buffer.alloc(32, 8)).make('r', 'key');
    const own = tokens.make('r', 'key');
    for (const wrong of [token, own.slice(0, -2), `${own}AAAA`, '', 'AAAA', '*']) {
      expect(() => tokens.read('r', wrong)).toThrow(expect.objectContaining({ code: 'SERVICE_QUERY_INVALID' }));
    }
  });
});
