import { isProblem, type Problem } from '@joinery/problems';
import { describe, expect, test } from 'vitest';
import { parseExpression, printExpression } from '../src/index.ts';

function faultOf(text: string): Problem {
  try {
    parseExpression(text);
  } catch (error) {
    if (isProblem(error)) return error;
    throw error;
  }
  throw new Error(`${text} was accepted`);
}

describe('what is read', () => {
  test.each([
    ['[mail]', '[mail]'],
    ['"a \\"b\\" \\\\c"', '"a \\"b\\" \\\\c"'],
    ['  ToLower (\n\t[mail] ,\r\n )  ', 'ToLower([mail], )'],
    ['Replace([mail], "@contoso.com", , ,"", ,)', 'Replace([mail], "@contoso.com", , , "", , )'],
    [
      'Switch([IsSoftDeleted],, "False", "True", "True", "False")',
      'Switch([IsSoftDeleted], , "False", "True", "True", "False")',
    ],
    ['Now()', 'Now()'],
    ['F(,)', 'F(, )'],
    ['IIF([a]<>"x",1,-10)', 'IIF([a] <> "x", 1, -10)'],
    ['IIF([a]>=1.5,1,2)', 'IIF([a] >= 1.5, 1, 2)'],
    ['BitAnd(&HF,&hf7)', 'BitAnd(&HF, &hf7)'],
    ['InStr("a","b",3,vbTextCompare)', 'InStr("a", "b", 3, vbTextCompare)'],
    ['[emails[type eq "work"].value]', '[emails[type eq "work"].value]'],
    ['[roles[display eq "a]b \\" c["].value]', '[roles[display eq "a]b \\" c["].value]'],
    [
      '[urn:ietf:params:scim:schemas:extension:x:2.0:User:a-b]',
      '[urn:ietf:params:scim:schemas:extension:x:2.0:User:a-b]',
    ],
    ['"two\nlines"', '"two\nlines"'],
  ])('%s is %s', (text, expected) => {
    expect(printExpression(parseExpression(text))).toBe(expected);
  });

  test('an empty argument is not an empty text', () => {
    expect(parseExpression('F( , "")')).toMatchObject({ arguments: [undefined, { kind: 'text', value: '' }] });
  });

  test('every node knows its place', () => {
    const tree = parseExpression('Join("",\r\n  [a],\n\tMid([b], 1, 2))');
    expect(tree).toMatchObject({
      place: { offset: 0, line: 1, column: 1 },
      arguments: [
        { place: { line: 1, column: 6 } },
        { place: { line: 2, column: 3 } },
        { place: { offset: 18, line: 3, column: 2 }, arguments: [{ place: { line: 3, column: 6 } }, {}, {}] },
      ],
    });
  });
});

describe('what is refused, and where', () => {
  test.each([
    ['', 'line 1, column 1', /empty/],
    ['   ', 'line 1, column 1', /empty/],
    ['Append([mail], "x"', 'line 1, column 7', /not closed/],
    ['Append([mail],', 'line 1, column 7', /not closed/],
    ['Append([mail] "x")', 'line 1, column 15', /comma/],
    ['Append([mail], "x"))', 'line 1, column 20', /after the end/],
    ['Append(\n  [mail', 'line 2, column 3', /no closing bracket/],
    ['Append([a[b], "x")', 'line 1, column 8', /no closing bracket/],
    ['[]', 'line 1, column 1', /no attribute name/],
    ['Append("abc', 'line 1, column 8', /no closing quote/],
    ['Replace([a], , "\\d", , "", , )', 'line 1, column 17', /backslash/],
    ["Append([a], 'x')", 'line 1, column 13', /where a function/],
    ['Append([a], “x”)', 'line 1, column 13', /where a function/],
    ['[a] & [b]', 'line 1, column 5', /after the end/],
    ['IIF([a] == "x", 1, 2)', 'line 1, column 9', /"=="/],
    ['IIF([a] = "x" AND [b] = "y", 1, 2)', 'line 1, column 15', /comma or \)/],
    ['IIF([a] = "x" = "y", 1, 2)', 'line 1, column 15', /chained/],
    ['IIF([a] = , 1, 2)', 'line 1, column 11', /where a function/],
    ['mail', 'line 1, column 1', /neither/],
    ['Mid([a], 1x, 2)', 'line 1, column 10', /number/],
    ['Mid([a], 1.2.3, 2)', 'line 1, column 10', /number/],
    [`Append([a], "x"\n,\r[b`, 'line 3, column 1', /no closing bracket/],
  ])('%j at %s', (text, place, detail) => {
    const fault = faultOf(text);
    expect(fault.code).toBe('EXPRESSION_SYNTAX');
    expect(fault.place).toBe(place);
    expect(fault.detail).toMatch(detail);
  });

  test.each([
    ["Append([a], 'x')", /double quotes/],
    ['[a] & [b]', /Append or Join/],
    ['IIF([a] = "x" AND [b] = "y", 1, 2)', /nest one IIF/],
    ['IIF([a] != "x", 1, 2)', /<>/],
    ['"\\d"', /two backslashes/],
    ['mail', /\[mail\]/],
  ])('%s is told what to write instead', (text, fix) => {
    expect(faultOf(text).fix).toMatch(fix);
  });

  test('10,000 characters are read, one more is not', () => {
    const text = `Join("", "${'x'.repeat(9_989)}")`;
    expect(text).toHaveLength(10_001);
    expect(faultOf(text).code).toBe('EXPRESSION_TOO_LONG');
    expect(parseExpression(text.replace('xx', 'x'))).toMatchObject({ kind: 'call' });
  });

  test('100 nested calls are read, one more is not', () => {
    const nested = (depth: number): string => `${'Not('.repeat(depth)}[a]${')'.repeat(depth)}`;
    expect(parseExpression(nested(100))).toMatchObject({ kind: 'call' });
    const fault = faultOf(nested(101));
    expect(fault).toMatchObject({ code: 'EXPRESSION_TOO_DEEP', place: 'line 1, column 401' });
    expect(faultOf('Not('.repeat(2_500)).code).toBe('EXPRESSION_TOO_DEEP');
  });
});
