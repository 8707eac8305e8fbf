import { isProblem, type Problem } from '@joinery/problems';
import { ManualClock, seededRandom } from '@joinery/runtime';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileExpression, formatIso, isDate, parseExpression, type RoleValue, type Value } from '../src/index.ts';
import { context, evaluate, printed } from './evaluate.ts';

function faultOf(expression: string, source: Readonly<Record<string, Value>> = {}): Problem {
  try {
    evaluate(expression, source);
  } catch (error) {
    if (isProblem(error)) return error;
    throw error;
  }
  throw new Error(`${expression} gave a value`);
}

describe('comparisons', () => {
  test.each<[string, Readonly<Record<string, Value>>, string]>([
    ['CBool([a] = "x")', { a: 'X' }, 'False'],
    ['CBool([a] = "x")', {}, 'False'],
    ['CBool([a] <> "x")', {}, 'False'],
    ['CBool([a] <> "x")', { a: 'y' }, 'True'],
    ['CBool([a] > [b])', { a: '10', b: '9' }, 'True'],
    ['CBool([a] > [b])', { a: 'b', b: 'a' }, 'True'],
    ['CBool([a] = [b])', { a: '007', b: '7' }, 'False'],
    ['CBool([a] = 7)', { a: '007' }, 'True'],
    ['CBool([a] = 7)', { a: 7n }, 'True'],
    ['CBool([a] >= 9007199254740993)', { a: 9007199254740992n }, 'False'],
    ['CBool([a] < 1.5)', { a: '1.25' }, 'True'],
    ['CBool(CDate("2021-01-01") < CDate("2021-01-01T00:00:01Z"))', {}, 'True'],
    ['CBool([a] = "True")', { a: true }, 'True'],
    ['CBool([a])', { a: '0' }, 'False'],
    ['CBool([a])', { a: 'TRUE' }, 'True'],
  ])('%s on %o is %s', (expression, source, expected) => {
    expect(printed(expression, source)).toBe(expected);
  });
});

describe('laziness', () => {
  test('only the chosen branch is evaluated', () => {
    expect(printed('IIF([a]="x", "fine", CDate("no date"))', { a: 'x' })).toBe('fine');
    expect(printed('Switch([a], CDate("no date"), "x", "fine")', { a: 'x' })).toBe('fine');
    expect(printed('Coalesce([a], CDate("no date"))', { a: 'fine' })).toBe('fine');
    expect(evaluate('IIF([a]="x", "kept", IgnoreFlowIfNullOrEmpty([b]))', { a: 'x' }).dropped).toBe(false);
  });

  test('a Switch key may depend on the source', () => {
    expect(printed('Switch([a], "other", [b], "same")', { a: 'x', b: 'x' })).toBe('same');
    expect(printed('Switch([a], "other", [b], "same")', { a: 'x', b: 'y' })).toBe('other');
  });
});

describe('functions beyond the vectors', () => {
  test.each<[string, Readonly<Record<string, Value>>, string | null]>([
    ['Right("John Doe", 3)', {}, 'Doe'],
    ['Right("Jo", 9)', {}, 'Jo'],
    ['Right("John", -1)', {}, 'John'],
    ['Right([x], 3)', {}, ''],
    ['Left("a😀b", 2)', {}, 'a'],
    ['Mid("a😀b", 3, 2)', {}, 'b'],
    ['Prepend("x-", [a])', { a: 'y' }, 'x-y'],
    ['Join(",", [a], [b])', {}, null],
    ['ToUpper("straße")', {}, 'STRAßE'],
    ['PCase("o\'brien 1st")', {}, "O'brien 1St"],
    ['NormalizeDiacritics("ǟ ȭ a̱ œ đ ä")', {}, 'a o a oe đ a'],
    ['IsNothing([a])', { a: '' }, 'False'],
    ['IsString([a])', { a: 1n }, 'False'],
    ['RemoveDuplicates([a])', { a: ['A', 'A'] }, 'A'],
    ['Split(" , ", ",")', {}, null],
    ['ToLower([a])', { a: ['ONE'] }, 'one'],
    ['Item([a], 1)', {}, null],
    ['CStr([a])', { a: { kind: 'reference', id: 'id-1' } }, 'id-1'],
    ['CDate([a])', {}, null],
    ['CDate("3/16/2020 7:00:00 AM")', {}, '3/16/2020 7:00:00 AM'],
    ['DateDiff("d", Now(), [a])', {}, null],
    ['DateAdd("m", -1, CDate("2020-03-31"))', {}, '2/29/2020 12:00:00 AM'],
    [
      'FormatDateTime([a], "AdjustToUniversal", "yyyy-MM-ddzzz", "yyyy-MM-dd HH:mm K")',
      { a: '2021-08-31+08:00' },
      '2021-08-30 16:00 Z',
    ],
    [
      'FormatDateTime([a], , "yyyy-MM-ddzzz", "dddd d MMMM yy zzz")',
      { a: '2021-08-31+08:00' },
      'Tuesday 31 August 21 +08:00',
    ],
    ['FormatDateTime([a], , "o", "s")', { a: '2021-08-31T01:02:03.0000000Z' }, '2021-08-31T01:02:03'],
    [
      'FormatDateTime([a], , "ddd, dd MMM yyyy h:mm tt", "HH:mm:ss.fff")',
      { a: 'Tue, 31 Aug 2021 12:05 AM' },
      '00:05:00.000',
    ],
  ])('%s on %o is %j', (expression, source, expected) => {
    expect(printed(expression, source)).toBe(expected);
  });

  test('Guid is a lower-case GUID', () => {
    expect(printed('Guid()')).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  test('a date reaches a DateTime attribute as ISO 8601', () => {
    const { value } = evaluate('CDate("2021-06-30T12:00:00.5+08:00")');
    expect(isDate(value) && formatIso(value)).toBe('2021-06-30T04:00:00.5Z');
  });
});

describe('roles', () => {
  const admin: RoleValue = { kind: 'role', id: '1', value: 'adm', displayName: 'Admin' };
  const user: RoleValue = { kind: 'role', id: '2', value: 'User', displayName: '' };

  test('SingleAppRoleAssignment gives the same name whatever the order', () => {
    expect(printed('SingleAppRoleAssignment([appRoleAssignments])', { appRoleAssignments: [user, admin] })).toBe(
      'Admin',
    );
    expect(
      printed('SingleAppRoleAssignment([appRoleAssignments])', { appRoleAssignments: ['Default Assignment'] }),
    ).toBe('Default Assignment');
    expect(printed('SingleAppRoleAssignment([appRoleAssignments])')).toBeNull();
  });

  test('the complex forms give whole roles, and say whether they only add', () => {
    const additive = compileExpression(parseExpression('AppRoleAssignmentsComplex([r])'));
    const assertive = compileExpression(parseExpression('AssertiveAppRoleAssignmentsComplex([r])'));
    expect(additive.evaluate(new Map([['r', [admin, user]]]), context).value).toEqual([admin, user]);
    expect([additive.additive, assertive.additive]).toEqual([true, false]);
    expect(evaluate('AppRoleAssignments([r])', { r: [admin, user] }).value).toEqual(['Admin', 'User']);
  });
});

describe('RandomString', () => {
  test('always has its length, its minimums and none of the avoided characters', () => {
    const minimum = fc.integer({ min: 0, max: 20 });
    fc.assert(
      fc.property(
        fc.tuple(minimum, minimum, minimum, minimum),
        fc.integer({ min: 1, max: 60 }),
        fc.nat(),
        (least, more, seed) => {
          const length = least.reduce((sum, each) => sum + each, 0) + more;
          const compiled = compileExpression(parseExpression(`RandomString(${[length, ...least].join(', ')}, "0Oo?")`));
          const { value } = compiled.evaluate(new Map(), { ...context, random: seededRandom(seed) });
          const text = String(value);
          const counts = [/[0-9]/g, /[^A-Za-z0-9]/g, /[A-Z]/g, /[a-z]/g].map((kind) => text.match(kind)?.length ?? 0);
          expect(text).toHaveLength(length);
          expect(text).not.toMatch(/[0Oo?]/);
          for (const [index, count] of counts.entries()) expect(count).toBeGreaterThanOrEqual(least[index] ?? 0);
        },
      ),
    );
  });

  test('says when every character of a class is to be avoided', () => {
    expect(faultOf('RandomString(2, 1, 0, 0, 0, "0123456789")').code).toBe('EXPRESSION_VALUE_TYPE');
  });
});

describe('what fails', () => {
  test.each<[string, Readonly<Record<string, Value>>, string, string]>([
    ['Append("x",\n CDate([a]))', { a: 'soon' }, 'EXPRESSION_VALUE_TYPE', 'line 2, column 8'],
    ['Mid([a], [b], 1)', { a: 'x', b: 'one' }, 'EXPRESSION_VALUE_TYPE', 'line 1, column 10'],
    ['Mid([a], [b], 1)', { a: 'x' }, 'EXPRESSION_VALUE_TYPE', 'line 1, column 10'],
    ['ToLower([a])', { a: ['x', 'y'] }, 'EXPRESSION_VALUE_TYPE', 'line 1, column 9'],
    ['IIF([a], 1, 2)', { a: 'perhaps' }, 'EXPRESSION_VALUE_TYPE', 'line 1, column 5'],
    ['Append("", Replace([a], , [b], , "", , ))', { a: 'x', b: '(' }, 'EXPRESSION_REGEX_INVALID', 'line 1, column 12'],
    [
      'Replace([a], , "(a+)+$", , "", , )',
      { a: `${'a'.repeat(50)}!` },
      'EXPRESSION_REGEX_TOO_COSTLY',
      'line 1, column 1',
    ],
    ['DateAdd("yyyy", 9999, CDate("2021-01-01"))', {}, 'EXPRESSION_VALUE_TYPE', 'line 1, column 17'],
    ['DateFromNum(-999999999999999999999)', {}, 'EXPRESSION_VALUE_TYPE', 'line 1, column 13'],
  ])('%s on %o', (expression, source, code, place) => {
    expect(faultOf(expression, source)).toMatchObject({ code, place });
  });

  test('DefaultDomain without a default domain says what to set', () => {
    const compiled = compileExpression(parseExpression('DefaultDomain()'));
    expect(() => compiled.evaluate(new Map(), { clock: new ManualClock(), random: seededRandom(1) })).toThrowError(
      expect.objectContaining({ code: 'EXPRESSION_DEFAULT_DOMAIN_MISSING' }),
    );
  });

  test('nested calls cannot make a text of terabytes', () => {
    let expression = '[a]';
    for (let times = 0; times < 50; times++) expression = `Replace(${expression}, "a", , , "aaaaaaaaaa", , )`;
    const started = performance.now();
    expect(faultOf(expression, { a: 'a' }).code).toBe('EXPRESSION_VALUE_TOO_LONG');
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test('many costly patterns share one limit', () => {
    const costly = 'Replace([a], , "(a*)*b", , "", , )';
    const started = performance.now();
    expect(
      faultOf(`Join("", ${Array.from({ length: 100 }, () => costly).join(', ')})`, { a: 'a'.repeat(40) }).code,
    ).toBe('EXPRESSION_REGEX_TOO_COSTLY');
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('what the compiler knows', () => {
  const facts = (text: string): unknown => {
    const { attributes, redacted, volatile, candidates } = compileExpression(parseExpression(text));
    return [attributes, redacted, volatile, candidates.length];
  };

  test('attributes, redaction, volatility and candidates', () => {
    expect(facts('Join("", [a], [b], [a])')).toEqual([['a', 'b'], false, false, 0]);
    expect(facts('IIF([a] = "x", Redact(RandomString(8,1,1,1,1)), "y")')).toEqual([['a'], true, true, 0]);
    expect(facts('SelectUniqueValue([a], Append([a], "1"), Append([a], "2"))')).toEqual([['a'], false, false, 3]);
  });
});

test('E-83 a redacted value leaves through no problem', () => {
  const secret = 'Pa55-w0rd';
  for (const text of [
    'Redact(CDate([a]))',
    'CDate(Redact([a]))',
    'IIF(Redact([a]), 1, 2)',
    'Append(Redact("x"), NumFromDate([a]))',
    'Replace(Redact([a]), , Append([a], "("), , "", , )',
  ]) {
    const fault = faultOf(text, { a: secret });
    expect(fault.place).toMatch(/^line 1, column \d+$/);
    expect(JSON.stringify([fault.message, fault.detail, fault.fix, String(fault.cause), fault.stack])).not.toContain(
      secret,
    );
  }
});

test('Switch keeps its value whatever else of the source changes', () => {
  const compiled = compileExpression(parseExpression('Switch([companyName], "none", "Contoso", "C")'));
  for (const displayName of ['Ann', 'Anne']) {
    const source = new Map([
      ['companyName', 'Contoso'],
      ['displayName', displayName],
    ]);
    expect(compiled.evaluate(source, context).value).toBe('C');
  }
});
