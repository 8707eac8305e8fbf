import { expect, test } from 'vitest';
import { forEachDatabase } from '../../../testing/databases.ts';
import { attributeCases } from '../../scim/test/patch-cases.ts';
import { referenceCases } from '../../scim/test/patch-cases-references.ts';
import { valueCases } from '../../scim/test/patch-cases-values.ts';
import { openScim } from './scim-server.ts';

const userCases = [...attributeCases, ...valueCases, ...referenceCases];

forEachDatabase((_, open) => {
  // One directory serves all cases: opening an embedded database is most of what a test costs.
  test('S-30 to S-78, S-93 to S-95 every form of PATCH has the same effect as in memory, and repeated none', async () => {
    const server = await openScim(open);
    for (const [index, { title, before = {}, operations, after }] of userCases.entries()) {
      const id = await server.create('/Users', { userName: `u${index}`, ...before });
      const answer = await server.patch(`/Users/${id}`, ...operations);
      expect(answer.status, `${title} ${answer.text}`).toBe(200);
      for (const [name, value] of Object.entries(after)) {
        // A new user is active unless the client says otherwise.
        const expected =
          name === 'active' && value === null && !('active' in before) ? (answer.body[name] ?? null) : value;
        if (name !== 'userName' || value !== 'u')
          expect(answer.body[name] ?? null, `${title}: ${name}`).toEqual(expected);
      }
      server.clock.advance(1000);
      const again = await server.patch(`/Users/${id}`, ...operations);
      expect(again.text, title).toBe(answer.text);
      expect((await server.request('GET', `/Users/${id}`)).text, title).toBe(answer.text);
    }
  }, 120_000);
});
