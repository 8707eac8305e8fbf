import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { URN } from './support/caller.ts';
import { HEADER, TestHome, TUTORIAL } from './support/home.ts';

/*
 * The CSV connector's settings, proved through the host: real files in, SCIM over TLS, real files out.
 */

const ROWS = `${HEADER}\r\nid-1;True;Jürgen Müller;7;Büro;jm@contoso.example;jm@mail.example\r\n`;

test.each([
  ['windows-1252', 'latin1', ''],
  ['utf-16le', 'utf16le', ''],
  ['utf-16le', 'utf16le', '\ufeff'],
] as const)('a file in %s (%s, mark "%s") is read and written in its own encoding', async (encoding, node, mark) => {
  const home = await TestHome.create({
    connectors: [{ ...TUTORIAL, parameters: { ...TUTORIAL.parameters, Encoding: encoding } }],
  });
  const file = home.file('CSV', 'InputFile.txt');
  await writeFile(file, Buffer.from(mark + ROWS, node));
  const { scim } = await home.call();
  const found = await scim.find('DisplayName eq "jürgen müller"');
  expect(found.body.Resources[0][URN].Title).toBe('Büro');
  expect((await scim.set(found.body.Resources[0].id, 'Title', 'Größe')).status).toBe(200);
  expect((await readFile(file)).toString(node)).toBe(mark + ROWS.replace('Büro', 'Größe'));
});

test('a value that the file’s encoding does not have is refused in words, and the file stays', async () => {
  const home = await TestHome.create({
    connectors: [{ ...TUTORIAL, parameters: { ...TUTORIAL.parameters, Encoding: 'windows-1252' } }],
  });
  const file = home.file('CSV', 'InputFile.txt');
  await writeFile(file, Buffer.from(ROWS, 'latin1'));
  const { scim } = await home.call();
  const refused = await scim.set(Buffer.from('Sid-1').toString('base64url'), 'Title', '漢字');
  expect(refused).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } });
  expect(refused.body.detail).toContain('U+6F22, which Windows-1252, the encoding of the file, does not have');
  expect((await readFile(file)).toString('latin1')).toBe(ROWS);
});

test('the tutorial’s Schema.xml names anchor and types; with types deduced from the data none has to be named', async () => {
  const attribute = (name: string, type: string, anchor: boolean): string =>
    `<SchemaAttribute><Name>${name}</Name><DataType>${type}</DataType><IsAnchor>${anchor ? 1 : 0}</IsAnchor>
     <IsMultiValued>0</IsMultiValued><AllowedAttributeOperation>ImportExport</AllowedAttributeOperation></SchemaAttribute>`;
  const columns = HEADER.split(';').map((name) =>
    attribute(
      name,
      name === 'IsActive' ? 'Boolean' : name === 'EmployeeId' ? 'Integer' : 'String',
      name === 'AzureObjectID',
    ),
  );
  const xml = `<Schema><Types><SchemaType><Name>Person</Name><LockAnchorDefinition>1</LockAnchorDefinition>
    <Attributes>${columns.join('')}</Attributes></SchemaType></Types></Schema>`;
  const described = { FileName: 'InputFile.txt', SchemaFile: 'Schema.xml' };
  const deduced = { FileName: 'InputFile.txt', Anchor: 'AzureObjectID', DeduceTypes: true };
  for (const parameters of [described, deduced]) {
    const home = await TestHome.create({ connectors: [{ ...TUTORIAL, parameters }] });
    await home.write(ROWS);
    await home.write(xml, 'CSV', 'Schema.xml');
    const { scim } = await home.call();
    const [user] = (await scim.find('EmployeeId eq 7')).body.Resources;
    expect(user[URN]).toMatchObject({ IsActive: true, EmployeeId: 7 });
    expect((await scim.set(user.id, 'EmployeeId', 'seven')).status).toBe(400);
  }
});
