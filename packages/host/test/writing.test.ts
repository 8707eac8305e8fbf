import { readFile } from 'node:fs/promises';
import type { CSEntryChange } from '@joinery/connector';
import { expect, test } from 'vitest';
import { URN } from './support/caller.ts';
import { FIXTURE_SELECTION } from './support/fixture-connector.ts';
import { fixtureHost } from './support/fixture-host.ts';
import { csv, HEADER, person, TestHome } from './support/home.ts';

function id(anchor: string): string {
  return Buffer.from(`S${anchor}`).toString('base64url');
}

/** The changes of an entry in a short form. */
function changes(entry: CSEntryChange | undefined): unknown[] {
  return (entry?.attributeChanges ?? []).map(({ name, modificationType, valueChanges }) => [
    name,
    modificationType,
    valueChanges.map(({ value }) => value),
  ]);
}

test('H-39 H-40 H-43 a POST into the file is answered 201 with an id that finds the person at once', async () => {
  const home = await TestHome.create();
  await home.write(csv(person(1)));
  const { scim } = await home.call();
  const made = await scim.create(
    {
      AzureObjectID: 'id-2',
      DisplayName: 'Bo; "the" Second',
      IsActive: true,
      EmployeeId: 7,
      UserName: 'bo@contoso.example',
    },
    { active: true, meta: { resourceType: 'User' } },
  );
  expect(made.status).toBe(201);
  expect(made.body.id).toBe(id('id-2'));
  expect(made.headers.get('location')).toContain(made.body.id);
  expect((await scim.get(`/Users/${made.body.id}`)).body).toEqual(made.body);
  expect((await scim.find('UserName eq "bo@contoso.example"')).body.Resources).toEqual([made.body]);
  const file = await readFile(home.file('CSV', 'InputFile.txt'), 'utf8');
  expect(file.split('\n')[0]).toBe(HEADER);
  expect(file).toContain(person(1));
  expect(file).toContain('id-2;True;"Bo; ""the"" Second";7;;bo@contoso.example;');
});

test('H-41 a POST is exported as Add with the anchor in the anchor collection', async () => {
  const { target, scim } = await fixtureHost();
  await scim.create({ id: 'a', userName: 'ann', objectClass: ['top'] });
  const entry = target.batches[0]?.[0];
  expect(entry).toMatchObject({
    objectType: 'user',
    objectModificationType: 'Add',
    anchorAttributes: [{ name: 'id', value: 'a' }],
  });
  expect(changes(entry)).toEqual([
    ['id', 'Add', ['a']],
    ['userName', 'Add', ['ann']],
    ['objectClass', 'Add', ['top']],
  ]);
});

test('H-42 an anchor that the target makes becomes the id', async () => {
  const { target, scim } = await fixtureHost();
  target.resultOf = ({ identifier }) => ({
    identifier,
    errorCode: 'Success',
    anchorAttributes: [{ name: 'id', value: 'made-7' }],
  });
  const made = await scim.create({ userName: 'ann' });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ id: id('made-7'), [URN]: { id: 'made-7', userName: 'ann' } });
  expect((await scim.get(`/Users/${id('made-7')}`)).status).toBe(200);
});

test('H-44 with ObjectReplace a PATCH of one attribute carries the whole object', async () => {
  const { target, scim } = await fixtureHost(
    { traits: { exportType: 'ObjectReplace' } },
    {},
    { prepare: (made) => made.put('a', { userName: 'ann', title: 'Pilot', enabled: true }) },
  );
  expect((await scim.set(id('a'), 'title', 'Captain')).status).toBe(200);
  const entry = target.batches[0]?.[0];
  expect(entry).toMatchObject({ objectModificationType: 'Replace', anchorAttributes: [{ name: 'id', value: 'a' }] });
  expect(new Map(changes(entry).map((each) => [String(Array.isArray(each) && each[0]), each]))).toEqual(
    new Map([
      ['id', ['id', 'Add', ['a']]],
      ['userName', ['userName', 'Add', ['ann']]],
      ['title', ['title', 'Add', ['Captain']]],
      ['enabled', ['enabled', 'Add', [true]]],
    ]),
  );
});

test('H-45 with the update export types a PATCH carries the changed attributes only', async () => {
  const before = { userName: 'ann', title: 'Pilot', objectClass: ['top', 'person'] };
  const replace = await fixtureHost({}, {}, { prepare: (made) => made.put('a', before) });
  await replace.scim.patch(
    id('a'),
    { op: 'Replace', path: `${URN}:objectClass`, value: ['top', 'staff'] },
    { op: 'Remove', path: `${URN}:title` },
    { op: 'Add', path: `${URN}:number`, value: 1 },
  );
  expect(replace.target.batches[0]?.[0]?.objectModificationType).toBe('Update');
  expect(changes(replace.target.batches[0]?.[0])).toEqual([
    ['title', 'Delete', []],
    ['number', 'Add', [1n]],
    ['objectClass', 'Replace', ['top', 'staff']],
  ]);
  await replace.host.close();

  const update = await fixtureHost(
    { traits: { exportType: 'AttributeUpdate' } },
    {},
    { prepare: (made) => made.put('a', before) },
  );
  await update.scim.patch(id('a'), { op: 'Replace', path: `${URN}:objectClass`, value: ['top', 'staff'] });
  expect(update.target.batches[0]?.[0]?.attributeChanges).toEqual([
    {
      name: 'objectClass',
      modificationType: 'Update',
      valueChanges: [
        { value: 'staff', modificationType: 'Add' },
        { value: 'person', modificationType: 'Delete' },
      ],
    },
  ]);
  expect((await update.scim.get(`/Users/${id('a')}`)).body[URN].objectClass).toEqual(['top', 'staff']);
});

test('H-46 H-47 H-48 texts become the type of the attribute, lists stay lists', async () => {
  const { target, scim } = await fixtureHost();
  const made = await scim.create({
    id: 'a',
    enabled: 'True',
    number: 10_001,
    objectClass: ['inetOrgPerson', 'posixAccount', 'shadowAccount'],
  });
  expect(made.status).toBe(201);
  await scim.set(id('a'), 'enabled', 'False');
  await scim.set(id('a'), 'number', '10002');
  expect(target.batches.flat().map(changes)).toEqual([
    [
      ['id', 'Add', ['a']],
      ['number', 'Add', [10_001n]],
      ['enabled', 'Add', [true]],
      ['objectClass', 'Add', ['inetOrgPerson', 'posixAccount', 'shadowAccount']],
    ],
    [['enabled', 'Replace', [false]]],
    [['number', 'Replace', [10_002n]]],
  ]);
  const wrong = await scim.set(id('a'), 'number', 'many');
  expect(wrong.status).toBe(400);
  expect(wrong.body.scimType).toBe('invalidValue');
});

test('H-49 H-51 what the target says reaches the caller, by its kind, and the old values stay', async () => {
  const { target, scim } = await fixtureHost({}, {}, { prepare: (made) => made.put('a', { title: 'Pilot' }) });
  for (const [code, status] of [
    ['ExportErrorCustomContinueRun', 500],
    ['ExportErrorInvalidAttributeValue', 400],
    ['ExportErrorPermissionIssue', 403],
    ['ExportErrorConnectedDirectoryMissingObject', 404],
  ] as const) {
    target.resultOf = ({ identifier }) => ({
      identifier,
      errorCode: code,
      errorName: 'ERROR [23000]',
      errorDetail: "Cannot insert the value NULL into column 'FirstName'",
    });
    const answer = await scim.set(id('a'), 'title', 'Captain');
    expect(answer.status, code).toBe(status);
    expect(answer.body.detail).toContain("ERROR [23000]: Cannot insert the value NULL into column 'FirstName'");
  }
  expect((await scim.get(`/Users/${id('a')}`)).body[URN].title).toBe('Pilot');
});

test('a connector that throws is heard too', async () => {
  const { target, scim } = await fixtureHost({ without: ['lookup'] });
  target.onPut = () => {
    throw new Error('ORA-12541: no listener');
  };
  target.onCloseExport = () => {};
  const answer = await scim.create({ id: 'a' });
  expect(answer.status).toBe(503);
  expect(target.closed).toContain('export Unknown');
});

test('H-50 no result is a success once the run ended normally', async () => {
  const { target, scim } = await fixtureHost();
  expect((await scim.create({ id: 'a' })).status).toBe(201);
  expect(target.closed).toContain('export Normal');
});

test('H-52 the same POST twice makes one object', async () => {
  const { target, scim } = await fixtureHost();
  const answers = await Promise.all([scim.create({ id: 'a' }), scim.create({ id: 'a' }), scim.create({ id: 'a' })]);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  expect(answers.find(({ status }) => status === 409)?.body.scimType).toBe('uniqueness');
  expect(target.batches.flat()).toHaveLength(1);
  target.resultOf = () => 'ExportErrorConnectedDirectoryExistingObject';
  expect((await scim.create({ id: 'unseen' })).status).toBe(409);
});

test('an update that the target wants as an Add is sent again as one', async () => {
  const { target, scim } = await fixtureHost({}, {}, { prepare: (made) => made.put('a', { userName: 'ann' }) });
  target.resultOf = ({ objectModificationType }) =>
    objectModificationType === 'Update' ? 'ExportActionConvertUpdateToAdd' : undefined;
  expect((await scim.set(id('a'), 'title', 'Captain')).status).toBe(200);
  expect(target.batches.flat().map((entry) => entry.objectModificationType)).toEqual(['Update', 'Add']);
  expect(changes(target.batches[1]?.[0])).toContainEqual(['userName', 'Add', ['ann']]);
});

test('H-53 H-55 a password follows by a second call and is nowhere in answers, logs or files', async () => {
  const lines: string[] = [];
  const write = (fields: unknown, message: string): void => {
    lines.push(JSON.stringify([fields, message], (_, value) => (typeof value === 'bigint' ? String(value) : value)));
  };
  const logger = { debug: write, info: write, warn: write, error: write, child: () => logger };
  const attributes = [...FIXTURE_SELECTION, { name: 'export_password' }];
  const { target, home, host, scim } = await fixtureHost({ password: true }, { attributes }, { logger });
  const made = await scim.create({ id: 'a', export_password: 'Pa55-word!' });
  expect(made.status).toBe(201);
  expect(changes(target.batches[0]?.[0])).toEqual([['id', 'Add', ['a']]]);
  expect(target.passwords.get('a')).toBe('Pa55-word!');
  target.onPassword = () => {
    throw new Error('too short');
  };
  const half = await scim.create({ id: 'b', export_password: 'Pa55-word!' });
  expect(half.status).toBe(500);
  expect(half.body.detail).toContain(`was created and has the id ${id('b')}, but its password was not set: too short`);
  expect((await scim.get(`/Users/${id('b')}`)).status).toBe(200);
  const everything =
    made.text + half.text + (await scim.get('/Users')).text + (await scim.get('/cache')).text + lines.join('\n');
  await host.close();
  const space = await readFile(`${home.folder}/space/fixture.sqlite`, 'latin1');
  expect(everything + space).not.toContain('Pa55-word!');
});

test('H-54 a connector that takes passwords in the first pass gets it inside the Add', async () => {
  const attributes = [...FIXTURE_SELECTION, { name: 'export_password' }];
  const { target, scim } = await fixtureHost({ traits: { exportPasswordInFirstPass: true } }, { attributes });
  const made = await scim.create({ id: 'a', export_password: 'Pa55-word!' });
  expect(made.text).not.toContain('Pa55-word!');
  expect(changes(target.batches[0]?.[0])).toEqual([
    ['id', 'Add', ['a']],
    ['export_password', 'Add', ['Pa55-word!']],
  ]);
});

test('what is only written is exported and never answered', async () => {
  const { target, scim } = await fixtureHost();
  const made = await scim.create({ id: 'a', secretNote: 'for the target alone' });
  expect(changes(target.batches[0]?.[0])).toContainEqual(['secretNote', 'Add', ['for the target alone']]);
  expect(made.text).not.toContain('for the target alone');
});

test('H-56 a change of the anchor is refused, one that repeats it is not', async () => {
  const { target, scim } = await fixtureHost({}, {}, { prepare: (made) => made.put('a', { title: 'Pilot' }) });
  const refused = await scim.set(id('a'), 'id', 'b');
  expect(refused.status).toBe(400);
  expect(refused.body).toMatchObject({ scimType: 'mutability' });
  expect(refused.body.detail).toContain(`${URN}:id`);
  expect((await scim.patch(id('a'), { op: 'Remove', path: `${URN}:id` })).status).toBe(400);
  expect((await scim.set(id('a'), 'id', 'a')).status).toBe(200);
  expect(target.batches).toEqual([]);
});

test('a PUT clears what it leaves out and keeps the identity', async () => {
  const { target, scim } = await fixtureHost(
    {},
    {},
    { prepare: (made) => made.put('a', { title: 'Pilot', userName: 'ann' }) },
  );
  const answer = await scim.request('PUT', `/Users/${id('a')}`, { schemas: [URN], [URN]: { userName: 'Ann' } });
  expect(answer.status).toBe(200);
  expect(answer.body[URN]).toEqual({ id: 'a', userName: 'Ann' });
  expect(changes(target.batches[0]?.[0])).toEqual([
    ['userName', 'Replace', ['Ann']],
    ['title', 'Delete', []],
  ]);
});

test('a PUT whose attributes stand outside the extension is refused instead of clearing them all', async () => {
  const { target, scim } = await fixtureHost({}, {}, { prepare: (made) => made.put('a', { title: 'Pilot' }) });
  const refused = await scim.request('PUT', `/Users/${id('a')}`, { schemas: [URN], title: 'Captain' });
  expect([refused.status, refused.body.scimType]).toEqual([400, 'invalidValue']);
  expect(refused.body.detail).toContain(`title has to stand within ${URN}`);
  expect(target.batches).toEqual([]);
  // Beside the extension they are passed over, as Entra sends what nobody asked for.
  const done = await scim.request('PUT', `/Users/${id('a')}`, { title: 'Captain', [URN]: { title: 'Pilot' } });
  expect([done.status, done.body[URN]]).toEqual([200, { id: 'a', title: 'Pilot' }]);
});

test('a change that is already in place calls nobody', async () => {
  const { target, scim } = await fixtureHost({}, {}, { prepare: (made) => made.put('a', { title: 'Pilot' }) });
  expect((await scim.set(id('a'), 'title', 'Pilot')).status).toBe(200);
  expect(target.batches).toEqual([]);
});

test('If-Match lets one of two concurrent changes through', async () => {
  const { scim } = await fixtureHost({}, {}, { prepare: (made) => made.put('a', { title: 'Pilot' }) });
  const etag = (await scim.get(`/Users/${id('a')}`)).headers.get('etag') ?? '';
  const patch = (title: string) =>
    scim.request(
      'PATCH',
      `/Users/${id('a')}`,
      {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'replace', path: `${URN}:title`, value: title }],
      },
      { 'if-match': etag },
    );
  const answers = await Promise.all([patch('A'), patch('B')]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
});
