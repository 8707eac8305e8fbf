import { describe, expect, test } from 'vitest';
import {
  type AttributeShape,
  type CheckOptions,
  checkExpression,
  compileExpression,
  findingProblem,
  parseExpression,
  placeText,
} from '../src/index.ts';

const one: AttributeShape = { type: 'String', multivalued: false };
const attributes = new Map<string, AttributeShape>([
  ['mail', one],
  ['department', one],
  ['displayName', one],
  ['proxyAddresses', { type: 'String', multivalued: true }],
]);

function found(text: string, options: CheckOptions = { attributes }): string[] {
  return checkExpression(parseExpression(text), options).map(
    ({ severity, code, place }) => `${severity} ${code} ${placeText(place)}`,
  );
}

test('every finding is reported, in the order of the text', () => {
  expect(found('Join("",\n  ToLower([mial]),\n  tolower([mail]),\n  Mid([nothing], 1))')).toEqual([
    'error EXPRESSION_ATTRIBUTE_UNKNOWN line 2, column 11',
    'error EXPRESSION_FUNCTION_UNKNOWN line 3, column 3',
    'error EXPRESSION_ARGUMENT_COUNT line 4, column 3',
    'error EXPRESSION_ATTRIBUTE_UNKNOWN line 4, column 7',
  ]);
});

describe('the nearest name is suggested', () => {
  test.each([
    ['ToLower([displayname])', /\[displayName\]/],
    ['ToLower([depratment])', /\[department\]/],
    ['ToLower([ mail ])', /\[mail\]/],
    ['IsNullorEmpty([mail])', /IsNullOrEmpty/],
    ['switch([mail], , "a", "b")', /Switch/],
    ['Iff([mail], "a", "b")', /IIF/],
  ])('%s', (text, fix) => {
    expect(checkExpression(parseExpression(text), { attributes })[0]?.fix).toMatch(fix);
  });

  test('and none where none is near', () => {
    expect(checkExpression(parseExpression('Frobnicate([mail])'))[0]).not.toHaveProperty('fix');
  });
});

describe('arguments', () => {
  test.each([
    ['Mid([mail], 1)', 'error EXPRESSION_ARGUMENT_COUNT line 1, column 1'],
    ['Mid([mail], , 1)', 'error EXPRESSION_ARGUMENT_COUNT line 1, column 1'],
    ['Mid([mail], 1, 2, 3)', 'error EXPRESSION_ARGUMENT_COUNT line 1, column 19'],
    ['Now(1)', 'error EXPRESSION_ARGUMENT_COUNT line 1, column 5'],
    ['Join("")', 'error EXPRESSION_ARGUMENT_COUNT line 1, column 1'],
    ['SelectUniqueValue([mail])', 'error EXPRESSION_ARGUMENT_COUNT line 1, column 1'],
    ['Switch([mail], "d", "a")', 'error EXPRESSION_ARGUMENT_COUNT line 1, column 1'],
    ['Switch([mail], , "a", "b", "c")', 'error EXPRESSION_ARGUMENT_COUNT line 1, column 1'],
    ['Switch([mail], , "a", , "c", "d")', 'error EXPRESSION_ARGUMENT_COUNT line 1, column 1'],
    ['Switch([mail], , "a", "b", "a", "c")', 'warning EXPRESSION_ARGUMENT_INVALID line 1, column 1'],
    ['Replace([mail], , , , "x", , )', 'error EXPRESSION_ARGUMENT_INVALID line 1, column 1'],
    ['Replace([mail], "a", "b", , "x", , )', 'error EXPRESSION_ARGUMENT_INVALID line 1, column 1'],
    ['Replace([mail], "", , , "x", , )', 'error EXPRESSION_ARGUMENT_INVALID line 1, column 17'],
    ['Replace([mail], , "(", , "x", , )', 'error EXPRESSION_REGEX_INVALID line 1, column 19'],
    [
      `Replace([mail], , "${'('.repeat(101)}${')'.repeat(101)}", , "x", , )`,
      'error EXPRESSION_REGEX_UNSUPPORTED line 1, column 19',
    ],
    ['Replace([mail], , "(?<a>.)", "b", "x", , )', 'error EXPRESSION_ARGUMENT_INVALID line 1, column 30'],
    ['DateAdd("q", 1, Now())', 'error EXPRESSION_ARGUMENT_INVALID line 1, column 9'],
    ['ToLower([mail], "no culture")', 'error EXPRESSION_ARGUMENT_INVALID line 1, column 17'],
    ['FormatDateTime([mail], "Wrong", "yyyy", "yyyy")', 'error EXPRESSION_ARGUMENT_INVALID line 1, column 24'],
    ['FormatDateTime([mail], , "yyyy\'", "yyyy")', 'error EXPRESSION_ARGUMENT_INVALID line 1, column 26'],
    ['RandomString(3, 1, 1, 1, 1)', 'error EXPRESSION_ARGUMENT_INVALID line 1, column 14'],
    ['RandomString(257, 0, 0, 0, 0)', 'error EXPRESSION_ARGUMENT_INVALID line 1, column 14'],
    ['InStr([mail], "a", 1, "text")', 'error EXPRESSION_ARGUMENT_INVALID line 1, column 23'],
    ['ConvertFromBase64([mail], vbTextCompare)', 'error EXPRESSION_ARGUMENT_INVALID line 1, column 27'],
  ])('%s: %s', (text, expected) => {
    expect(found(text)).toEqual([expected]);
  });
});

describe('places', () => {
  test.each([
    ['[mail] = "a"', 'error EXPRESSION_PLACEMENT line 1, column 1'],
    ['Join("", [mail] = "a")', 'error EXPRESSION_PLACEMENT line 1, column 10'],
    ['Append(vbTextCompare, "a")', 'error EXPRESSION_PLACEMENT line 1, column 8'],
    ['UTF8', 'error EXPRESSION_PLACEMENT line 1, column 1'],
    ['ToLower(SelectUniqueValue([mail], "b"))', 'error EXPRESSION_PLACEMENT line 1, column 9'],
    ['Redact(SelectUniqueValue([mail], "b"))', 'error EXPRESSION_PLACEMENT line 1, column 8'],
    ['Append(Redact([mail]), "a")', 'warning EXPRESSION_PLACEMENT line 1, column 8'],
    ['Append(IgnoreFlowIfNullOrEmpty([mail]), "a")', 'warning EXPRESSION_PLACEMENT line 1, column 8'],
    ['IIF(IsPresent([mail]), "a", "b")', 'warning EXPRESSION_COMPATIBILITY line 1, column 5'],
  ])('%s: %s', (text, expected) => {
    expect(found(text)).toEqual([expected]);
  });

  test.each([
    'Redact(IgnoreFlowIfNullOrEmpty([mail]))',
    'IIF([mail] = "a", IgnoreFlowIfNullOrEmpty([mail]), "b")',
    'CBool([mail] <> "a")',
    'SelectUniqueValue([mail], Append([mail], "1"))',
    'Switch(IsPresent([mail]), "a", "True", [mail])',
  ])('%s is in order', (text) => {
    expect(found(text)).toEqual([]);
  });
});

describe('types', () => {
  test.each<[string, AttributeShape, string[]]>([
    ['Split([mail], ",")', one, ['error EXPRESSION_RESULT_TYPE line 1, column 1']],
    ['Split([mail], ",")', { type: 'String', multivalued: true }, []],
    ['[proxyAddresses]', one, ['error EXPRESSION_RESULT_TYPE line 1, column 1']],
    ['"maybe"', { type: 'Boolean', multivalued: false }, ['error EXPRESSION_RESULT_TYPE line 1, column 1']],
    ['"True"', { type: 'Boolean', multivalued: false }, []],
    ['"10000"', { type: 'Integer', multivalued: false }, []],
    ['"soon"', { type: 'DateTime', multivalued: false }, ['error EXPRESSION_RESULT_TYPE line 1, column 1']],
    ['ToLower([proxyAddresses])', one, ['warning EXPRESSION_VALUE_TYPE line 1, column 9']],
    ['Item([proxyAddresses], 1)', one, []],
  ])('%s into %j', (text, target, expected) => {
    expect(found(text, { attributes, target })).toEqual(expected);
  });
});

test('the compiler refuses what the checker calls an error, with the same code and place', () => {
  for (const text of [
    'Nope([a])',
    'Mid([a], 1)',
    'Switch([a], "d", "a")',
    '[a] = "b"',
    'Replace([a], , "(", , "", , )',
  ]) {
    const [finding] = checkExpression(parseExpression(text));
    if (finding === undefined) throw new Error(`${text} has no finding`);
    const { code, place } = findingProblem(finding);
    expect(() => compileExpression(parseExpression(text))).toThrowError(expect.objectContaining({ code, place }));
  }
});
