import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { URN } from './support/caller.ts';
import { csv, person, TestHome } from './support/home.ts';

test('H-19 a filter by the qualified name finds the one user', async () => {
  const home = await TestHome.create();
  await home.write(csv(person(1), person(2)));
  const { scim } = await home.call();
  const answer = await scim.find(`${URN}:UserName eq "user2@contoso.example"`);
  expect(answer.status).toBe(200);
  expect(answer.body.totalResults).toBe(1);
  expect(answer.body.Resources[0][URN]).toEqual({
    AzureObjectID: 'id-2',
    IsActive: true,
    DisplayName: 'Person 2',
    EmployeeId: 2,
    Title: 'Engineer',
    UserName: 'user2@contoso.example',
    Email: 'user2@mail.example',
  });
  const none = await scim.get(`/Users?filter=PLACEHOLDER+eq+"${randomUUID()}"`);
  expect(none.status).toBe(200);
  expect(none.body).toMatchObject({ totalResults: 0, Resources: [] });
});
