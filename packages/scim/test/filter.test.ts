import { isProblem } from '@joinery/problems';
import { bindFilter, filterLimits, matches, parseFilter, printFilter, type ScimObject } from '@joinery/scim';
import { describe, expect, test } from 'vitest';
import { ENT, users } from './server-under-test.ts';

const user: ScimObject = {
  id: 'U1',
  externalId: 'jyoung',
  userName: 'JYoung',
  active: true,
  title: '',
  name: { familyName: 'Employee', givenName: 'Ö' },
  emails: [
    { type: 'work', value: 'a@example.com', primary: true },
    { type: 'home', value: 'home value' },
  ],
  [ENT]: { department: 'Sales', manager: { value: 'm1' } },
  meta: { created: '2015-10-10T14:38:21.8617979-07:00', lastModified: '2021-09-23T19:35:41.8420572Z' },
};

function holds(filter: string, resource: ScimObject = user): boolean {
  return matches(bindFilter(parseFilter(filter), users), resource);
}

describe('evaluation', () => {
  const truths: readonly (readonly [string, string, boolean])[] = [
    ['S-96 and binds tighter than or', 'userName eq "jyoung" or userName eq "x" and active eq false', true],
    ['S-96 parentheses change that', '(userName eq "jyoung" or userName eq "x") and active eq false', false],
    ['S-97 not of a conjunction', 'not (userName eq "jyoung" and active eq false)', true],
    ['S-97 not without parentheses', 'not active eq false', true],
    ['S-98 nested parentheses', '(((userName eq "jyoung")) and ((active eq true or title pr)))', true],
    ['S-99 pr on an empty text', 'title pr', false],
    ['S-99 pr on an absent attribute', 'nickName pr', false],
    ['S-99 pr on a complex attribute', 'name pr', true],
    ['S-99 pr on a list', 'emails pr', true],
    ['S-99 pr on an extension', `${ENT} pr`, true],
    ['S-100 instants with offset and seven digits', 'meta.created eq "2015-10-10T21:38:21.8617979Z"', true],
    ['S-100 an instant before', 'meta.created lt "2015-10-10T21:38:21.86179791Z"', true],
    ['S-100 not after itself', 'meta.created gt 2015-10-10T14:38:21.8617979-07:00', false],
    ['S-100 an unquoted instant', 'meta.created ge 2015-10-10T14:38:21.8617979-07:00', true],
    ['S-101 co without regard to case', 'userName co "YOU"', true],
    ['S-101 sw without regard to case', 'userName sw J', true],
    ['S-101 ew without regard to case, beyond ASCII', 'name.givenName ew "ö"', true],
    ['S-103 an unquoted token', 'externalId eq jyoung', true],
    ['S-104 a boolean in any case', 'active eq True', true],
    ['S-104 a boolean as text', 'active eq "True"', true],
    ['S-105 a complex list stands for its value', 'emails co "example"', true],
    ['S-105 a complex attribute of an extension too', `${ENT}:manager eq "m1"`, true],
    [
      'S-106 conjunctions outside brackets may meet two elements',
      'emails.type eq "work" and emails.value eq "home value"',
      true,
    ],
    ['S-106 inside brackets they may not', 'emails[type eq "work" and value eq "home value"]', false],
    ['S-106 nor with a comparison behind them', 'emails[type eq "work"].value eq "home value"', false],
    ['S-106 not inside brackets', 'emails[not (type eq "work")]', true],
    ['S-107 a URN with a sub-attribute', `${ENT}:manager.value eq "m1"`, true],
    ['S-107 a URN in another case', `${ENT.toUpperCase()}:Department eq "sales"`, true],
    ['S-107 the core URN', 'urn:ietf:params:scim:schemas:core:2.0:User:userName eq "jyoung"', true],
    ['S-108 JSON escapes', 'userName eq "\\u004aY\\u006fung"', true],
    ['S-110 an unknown attribute does not match', 'nonsense eq "x"', false],
    ['S-110 nor an unknown URN', 'urn:x:y:z eq "x"', false],
    ['S-110 an unknown attribute is absent', 'nonsense eq null', true],
    ['S-112 names in any case', '(ActiVe eq true) and meta.lastmodified ge "2021-09-23T19:35:41.8420572Z"', true],
    [
      '3.3 names and unquoted values',
      'name.FamilyName eq Employee and (emails.Value co example.com or emails.Value co example.org)',
      true,
    ],
    ['ne on an absent attribute', 'nickName ne "x"', true],
    ['ne on a list with another value', 'emails.type ne "work"', true],
    ['ne on a list with only this value', 'emails[type eq "home"].type ne "home"', false],
    ['eq null', 'nickName eq null', true],
    ['ne null', 'userName ne null', true],
    ['an attribute called not', 'not eq "x"', false],
    ['an extension attribute without its URN', 'department eq "sales"', true],
    ['a case-exact attribute', 'id eq "u1"', false],
  ];
  for (const [title, filter, expected] of truths) {
    test(`${title}: ${filter}`, () => expect(holds(filter)).toBe(expected));
  }

  test('no attribute of a resource comes from its prototype', () => {
    expect(holds('constructor pr')).toBe(false);
    expect(holds('emails[toString pr]')).toBe(false);
  });
});

describe('refusal', () => {
  const refused: readonly (readonly [string, string, string])[] = [
    ['S-102 order of booleans', 'active gt true', 'SCIM_FILTER_UNSUPPORTED'],
    ['S-102 part of a boolean', 'active co "t"', 'SCIM_FILTER_UNSUPPORTED'],
    ['S-102 part of an instant', 'meta.created sw "2015"', 'SCIM_FILTER_UNSUPPORTED'],
    ['S-102 no instant', 'meta.created gt "yesterday"', 'SCIM_FILTER_UNSUPPORTED'],
    ['S-102 no boolean', 'active eq "maybe"', 'SCIM_FILTER_UNSUPPORTED'],
    ['a complex attribute without a value', 'name eq "x"', 'SCIM_FILTER_UNSUPPORTED'],
    ['order of null', 'title gt null', 'SCIM_FILTER_UNSUPPORTED'],
    ['brackets within brackets', 'emails[emails[type eq "x"]]', 'SCIM_FILTER_UNSUPPORTED'],
    ['S-109 nothing', '', 'SCIM_FILTER_SYNTAX'],
    ['S-109 no operator', 'userName', 'SCIM_FILTER_SYNTAX'],
    ['S-109 no value', 'userName eq', 'SCIM_FILTER_SYNTAX'],
    ['S-109 an unknown operator', 'userName is "x"', 'SCIM_FILTER_SYNTAX'],
    ['S-109 a trailing and', 'userName eq "x" and', 'SCIM_FILTER_SYNTAX'],
    ['S-109 an unclosed parenthesis', '(userName eq "x"', 'SCIM_FILTER_SYNTAX'],
    ['S-109 an unclosed string', 'userName eq "x', 'SCIM_FILTER_SYNTAX'],
    ['S-109 two terms', 'userName eq "x" title pr', 'SCIM_FILTER_SYNTAX'],
    ['S-109 a bad escape', 'userName eq "\\q"', 'SCIM_FILTER_SYNTAX'],
    ['S-109 a lone surrogate', 'userName eq "\\ud800"', 'SCIM_FILTER_SYNTAX'],
    ['S-109 U+0000', 'userName eq "\\u0000"', 'SCIM_FILTER_SYNTAX'],
    ['S-111 too deep', `${'('.repeat(5000)}userName pr`, 'SCIM_FILTER_LIMIT'],
    ['S-111 too deep by not', `${'not '.repeat(1000)}userName pr`, 'SCIM_FILTER_LIMIT'],
    [
      'S-111 too many terms',
      Array.from({ length: filterLimits.terms + 1 }, () => 'a pr').join(' or '),
      'SCIM_FILTER_LIMIT',
    ],
    ['S-111 too long', `userName eq "${'x'.repeat(10_000)}"`, 'SCIM_FILTER_LIMIT'],
  ];
  for (const [title, filter, code] of refused) {
    test(`${title} is ${code}`, () => {
      const found = caught(() => holds(filter));
      expect(isProblem(found) ? [found.code, found.scimType] : found).toEqual([code, 'invalidFilter']);
    });
  }

  test('S-109 says where and what was expected', () => {
    expect(caught(() => parseFilter('userName eq "x" und title pr'))).toMatchObject({
      detail: 'At character 17 of the filter: expected "and", "or" or the end, but there is \'und\'.',
    });
  });
});

test('a filter is printed as it is read', () => {
  const text = 'a eq "x" and (b pr or not (c gt 1)) and e[f eq true].g co "y\\"" and h eq null';
  expect(printFilter(parseFilter(text))).toBe(text);
});

function caught(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}
