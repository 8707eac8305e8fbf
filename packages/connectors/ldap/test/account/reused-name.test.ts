import { expect, test } from 'vitest';
import { ldapmodify } from '../../../../../testing/directories/commands.ts';
import { openldap } from '../../../../../testing/directories/directories.ts';
import { shared } from '../../../../../testing/shared.ts';
import { update } from '../export/target.ts';
import { Accounts, newPassword } from './accounts.ts';

const opened = shared(async (later) => Accounts.in(await openldap(), later, { passwordHashing: 'server' }));
const lock = 'pwdAccountLockedTime';

test.each([
  ['of somebody who may sign in does not lock her out', false],
  ['of somebody who is locked out does not let him in', true],
])('a password %s, when another one has the name that she had', async (_, locked) => {
  const accounts = opened();
  const name = `wanderer ${locked}`;
  const wanderer = await accounts.made(name, { _accountDisabled: locked });
  const old = accounts.dn(name);
  await ldapmodify(accounts.server, `dn: ${old}\nchangetype: modrdn\nnewrdn: cn=moved ${locked}\ndeleteoldrdn: 1\n`);
  await accounts.made(name, { _accountDisabled: !locked });
  const anchor = Object.fromEntries(wanderer.anchorAttributes.map((each) => [each.name, each.value]));
  const userPassword = newPassword();
  expect(await accounts.write(update(accounts.type, { dn: old, anchor }, { userPassword }))).toMatchObject({
    errorCode: 'Success',
  });
  expect(await accounts.values(accounts.dn(`moved ${locked}`), lock)).toEqual(
    locked ? { [lock.toLowerCase()]: ['000001010000Z'] } : {},
  );
  expect(await accounts.signsIn(accounts.dn(`moved ${locked}`), userPassword)).toBe(!locked);
});
