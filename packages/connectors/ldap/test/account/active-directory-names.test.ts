import { expect, test } from 'vitest';
import { wrongName } from '../../src/account/active-directory-names.ts';
import { add, type Values } from '../export/target.ts';

function wrong(values: Values, isPerson = true): string | undefined {
  return wrongName(add('user', 'CN=a,DC=lab', values), isPerson)?.errorDetail;
}

test.each(['a', 'a'.repeat(20), 'Zoë.King', "o'neil", 'a b', 'a-b_c!', 'DC1$'])(
  'the account name %s is one',
  (name) => {
    expect(wrong({ sAMAccountName: name })).toBeUndefined();
  },
);

test.each([
  ['a'.repeat(21), '20 characters'],
  ...[...'"/\\[]:;|=,+*?<>@'].map((each) => [`a${each}b`, 'must not hold']),
  ['a\tb', 'control characters'],
  ['a.', 'end with a full stop'],
])('the account name %s is none', (name, why) => {
  expect(wrong({ sAMAccountName: name })).toContain(why);
});

test('groups may have longer names', () => {
  expect(wrong({ sAMAccountName: 'g'.repeat(64) }, false)).toBeUndefined();
  expect(wrong({ sAMAccountName: 'g'.repeat(257) }, false)).toContain('256');
});

test.each(['ada@contoso.lab', 'ada.king@lab', "o'neil@contoso.example", 'Zoë King@contoso.lab'])(
  '%s is a user principal name',
  (name) => {
    expect(wrong({ userPrincipalName: name })).toBeUndefined();
  },
);

test.each(['ada', '@contoso.lab', 'ada@', 'ada@@lab', 'ada@contoso lab', 'ada@contoso..lab'])(
  '%s is no user principal name',
  (name) => {
    expect(wrong({ userPrincipalName: name })).toContain('name@domain');
  },
);

test.each([2n, 4n, 8n, -2147483646n, -2147483644n, -2147483640n, 2147483650n])('%s is a kind of group', (groupType) => {
  expect(wrong({ groupType }, false)).toBeUndefined();
});

test.each([0n, 1n, 6n, 7n, 16n, -2147483648n, -2147483643n])('%s is no kind of group that can be made', (groupType) => {
  expect(wrong({ groupType }, false)).toContain('groupType');
});
