import { isProblem } from '@joinery/problems';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseNewUser, parseUserChange, userProperties } from '../src/index.ts';
import { person } from './open-directory.ts';

const refusal = (code: string, place?: string) => expect.objectContaining({ code, ...(place && { place }) });

describe('the body of a new user', () => {
  test('keeps what it was given under the names of Graph, whatever their case', () => {
    const user = parseNewUser({ ...person('adele'), JobTitle: 'Welder', '@odata.type': '#microsoft.graph.user' });
    expect(user.get('jobTitle')).toBe('Welder');
    expect([...user.keys()].sort()).toEqual([
      'accountEnabled',
      'displayName',
      'jobTitle',
      'mailNickname',
      'userPrincipalName',
    ]);
  });

  test.each(['accountEnabled', 'displayName', 'mailNickname', 'userPrincipalName', 'passwordProfile'])(
    'is refused without %s',
    (name) => {
      const { [name]: _, ...rest } = person('adele');
      expect(() => parseNewUser(rest)).toThrow(refusal('DIRECTORY_PROPERTY_MISSING', name));
    },
  );

  test('may spell the password with a capital, as a published script does', () => {
    const body = { ...person('adele'), passwordProfile: { Password: 'Correct-horse-1' } };
    expect(parseNewUser(body).has('passwordProfile')).toBe(false);
  });

  test.each([
    ['a user principal name without a domain', { userPrincipalName: 'adele' }, 'userPrincipalName'],
    ['an accent in the user principal name', { userPrincipalName: 'adèle@contoso.example' }, 'userPrincipalName'],
    ['a text where true or false is due', { accountEnabled: 'true' }, 'accountEnabled'],
    ['a number where a text is due', { employeeId: 7 }, 'employeeId'],
    ['a text that is too long', { givenName: 'x'.repeat(65) }, 'givenName'],
    ['the null character', { displayName: 'a\u0000b' }, 'displayName'],
    ['half a surrogate pair', { displayName: 'a\ud800' }, 'displayName'],
    ['a text where a collection is due', { businessPhones: '1' }, 'businessPhones'],
    ['a number inside a collection', { otherMails: ['a@b', 1] }, 'otherMails[1]'],
    ['an unknown member of a complex value', { employeeOrgData: { floor: '1' } }, 'employeeOrgData'],
    ['a date that is none', { employeeHireDate: '2026-02-31T99:00:00Z' }, 'employeeHireDate'],
    ['a short password', { passwordProfile: { password: 'short' } }, 'passwordProfile.password'],
    ['one property in two spellings', { jobTitle: 'a', JobTitle: 'b' }, 'jobTitle'],
  ])('is refused with %s', (_, part, place) => {
    expect(() => parseNewUser({ ...person('adele'), ...part })).toThrow(refusal('DIRECTORY_PROPERTY_INVALID', place));
  });

  test('is refused with a property that users do not have', () => {
    expect(() => parseNewUser({ ...person('adele'), shoeSize: '42' })).toThrow(
      refusal('DIRECTORY_PROPERTY_UNKNOWN', 'shoeSize'),
    );
  });

  test('is refused with a property that only the directory sets', () => {
    expect(() => parseNewUser({ ...person('adele'), ID: 'x' })).toThrow(refusal('DIRECTORY_PROPERTY_READ_ONLY', 'id'));
  });

  test('may carry directory extensions', () => {
    const name = `extension_${'0123456789abcdef'.repeat(2)}_jobGroup`;
    expect(parseNewUser({ ...person('adele'), [name]: 'A' }).get(name)).toBe('A');
  });
});

describe('a change to a user', () => {
  test('clears with null, an empty text and an empty collection', () => {
    const change = parseUserChange({ jobTitle: null, department: '', businessPhones: [], employeeOrgData: {} });
    expect([...change.values()]).toEqual([null, null, null, null]);
  });

  test('cannot clear what every user has', () => {
    expect(() => parseUserChange({ displayName: null })).toThrow(refusal('DIRECTORY_PROPERTY_INVALID', 'displayName'));
  });

  test('from any bytes is a change of known properties or a problem', () => {
    const names = fc.oneof(fc.constantFrom(...userProperties.map(({ name }) => name)), fc.string());
    fc.assert(
      fc.property(fc.dictionary(names, fc.jsonValue()), (body) => {
        try {
          for (const name of parseUserChange(body).keys()) {
            expect(userProperties.some((property) => property.name === name)).toBe(true);
          }
        } catch (error) {
          if (!isProblem(error)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });
});
