import { readFile, writeFile } from 'node:fs/promises';
import {
  type ConnectorFile,
  checkConnectorName,
  checkHost,
  FEATURES,
  formatConnectorFile,
  homeAt,
  importOnce,
  type NewConnector,
  type ObjectTypeFile,
  parseConnectorFile,
  RUN_PROFILES,
} from '@joinery/host';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { caller, csv, PROGRAM, person, TestHome, TOKEN, TUTORIAL } from './support/home.ts';

const VALID = `version: 1
connector: csv
types:
  - objectType: Person
    anchor: id
    attributes:
      - name: id
      - name: mail
`;

function parse(text: string): ConnectorFile {
  return parseConnectorFile(text, 'x', 'x.yaml');
}

const GROUP = `  - objectType: Team
    resource: Group
    anchor: id
    displayName: name
    members: member
    attributes:
      - name: id
      - name: name
      - { name: member, type: Reference, multiValued: true }
`;

test.each([
  ['an unknown setting', VALID.replace('connector:', 'conector:'), 'x.yaml:2:1', 'Did you mean "connector"?'],
  ['an unknown member of a type', VALID.replace('anchor: id', 'anchr: id'), 'x.yaml:5:5', 'Did you mean "anchor"?'],
  [
    'an unknown attribute type',
    VALID.replace('name: mail', 'name: mail\n        type: Bolean'),
    'x.yaml:9:15',
    'Did you mean "Boolean"?',
  ],
  [
    'an anchor that is not selected',
    VALID.replace('anchor: id', 'anchor: nr'),
    'x.yaml:5:13',
    '"nr" is not among the selected attributes.',
  ],
  ['an attribute twice', VALID.replace('name: mail', 'name: ID'), 'x.yaml:8:15', 'selected twice'],
  ['a name twice', `${VALID}connector: csv\n`, 'x.yaml:9:1', 'set twice'],
  ['broken YAML', 'a: [', 'x.yaml:1:5', 'not valid YAML'],
  ['a wrong number', `${VALID}autosyncMinutes: soon\n`, 'x.yaml:9:18', 'whole number'],
  ['no object type', 'connector: csv\n', 'x.yaml:1:1', '"types" is missing'],
  [
    'a flow without its attribute',
    `${VALID}    deprovisioning:\n      disableFlow: SetAttributeValue\n`,
    'x.yaml:10:7',
    '"disableAttribute" is missing',
  ],
  [
    'a status attribute that is no Boolean',
    `${VALID}    deprovisioning:\n      statusAttribute: mail\n`,
    'x.yaml:10:24',
    'not a selected attribute of type Boolean',
  ],
  ['an unknown feature', `${VALID}features: [grups]\n`, 'x.yaml:9:11', 'There is no feature "grups"'],
  ['a second type without the feature', `${VALID}${GROUP}features: [groups]\n`, 'x.yaml:9:5', 'needs "objectTypes"'],
  ['a group without the feature', `${VALID}${GROUP}features: [objectTypes]\n`, 'x.yaml:10:15', 'needs "groups"'],
  [
    'a compound anchor without the feature',
    `${VALID.replace('anchor: id', 'anchor: [id, mail]')}features: []\n`,
    'x.yaml:5:13',
    'needs "compoundAnchors"',
  ],
  [
    'members that are no references',
    `${VALID}${GROUP.replace('members: member', 'members: name')}`,
    'x.yaml:13:14',
    'not a multi-valued attribute of type Reference',
  ],
  [
    'a reference to a resource that is not there',
    `${VALID}${GROUP.replace('multiValued: true', 'multiValued: true, refersTo: [Robot]')}`,
    'x.yaml:15:7',
    '"Robot" is none of',
  ],
  [
    'two types of one resource',
    `${VALID}${GROUP.replace('Group', 'User').replace(/ +(displayName|members):.*\n/g, '')}`,
    'x.yaml:10:15',
    'Two object types',
  ],
])('%s is refused with its place and what to do', (_, text, place, sentence) => {
  expect(() => parse(text)).toThrowError(
    expect.objectContaining({ code: 'HOST_CONFIGURATION_INVALID', place, detail: expect.stringContaining(sentence) }),
  );
});

test('a file of a newer version is refused before its unknown members are', () => {
  expect(() => parse(`version: 99\nnews: 1\n`)).toThrowError(
    expect.objectContaining({ code: 'HOST_CONFIGURATION_NEWER', place: 'x.yaml:1:10' }),
  );
});

test('connector names are 1 to 64 letters, digits, hyphens, underscores and dots', () => {
  for (const name of ['CSV', 'a', 'x'.repeat(64), 'A-b_c.1']) expect(checkConnectorName(name)).toBe(name);
  for (const name of ['', '.', '..', '.x', 'x'.repeat(65), 'a b', 'a/b', 'ä', 'a\n']) {
    expect(() => checkConnectorName(name)).toThrowError(
      expect.objectContaining({ code: 'HOST_CONNECTOR_NAME_INVALID' }),
    );
  }
});

const word = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((text) => text.trim() !== '' && !/[\0\r]/.test(text));
const attribute = fc.record({
  name: word,
  type: fc.constantFrom('String', 'Integer', 'Reference', 'Binary', 'Boolean' as const),
  multiValued: fc.boolean(),
  treatAsSingleValue: fc.boolean(),
  operation: fc.constantFrom('ImportExport', 'ExportOnly', 'ImportOnly' as const),
  deprovisioning: fc.boolean(),
  refersTo: fc.constantFrom<string[][]>([], ['User']),
});
const anchorAttribute = attribute.map((each) => ({ ...each, multiValued: false }));

const objectType: fc.Arbitrary<ObjectTypeFile> = fc
  .uniqueArray(attribute, { maxLength: 6, selector: ({ name }) => name.toLowerCase() })
  .chain((rest) => fc.tuple(anchorAttribute, fc.constant(rest)))
  .chain(([first, rest]) => {
    const attributes = [first, ...rest.filter(({ name }) => name.toLowerCase() !== first.name.toLowerCase())];
    const names = fc.constantFrom(...attributes.map(({ name }) => name));
    const singles = attributes.filter(({ multiValued }) => !multiValued).map(({ name }) => name);
    const flow = fc.oneof(fc.constant({ kind: 'None' } as const), fc.constant({ kind: 'Delete' } as const));
    return fc.record({
      objectType: word,
      resource: fc.constant('User'),
      anchor: fc.subarray(singles, { minLength: 1 }),
      queryAttribute: names,
      dn: fc.option(names, { nil: undefined }),
      dnAutogenerated: fc.boolean(),
      displayName: fc.constant(undefined),
      members: fc.constant(undefined),
      attributes: fc.constant(attributes),
      deprovisioning: fc.record({
        statusAttribute: fc.constant(undefined),
        disableFlow: fc.oneof(
          flow,
          fc.record({
            kind: fc.constant('SetAttributeValue' as const),
            attribute: names,
            value: word,
            enableValue: word,
          }),
        ),
        deleteFlow: fc.oneof(
          flow,
          fc.record({ kind: fc.constant('SetAttributeValue' as const), attribute: names, value: word }),
        ),
      }),
    });
  });

const runProfile = fc.record(
  {
    pageSize: fc.integer({ min: 1, max: 100_000 }),
    timeoutMinutes: fc.integer({ min: 1, max: 525_600 }),
    objectLimit: fc.integer({ min: 1 }),
  },
  { requiredKeys: [] },
);

const connectorFile: fc.Arbitrary<ConnectorFile> = fc
  .record({
    name: fc.constant('x'),
    connector: word,
    autosyncMinutes: fc.integer({ min: 0, max: 525_600 }),
    parameters: fc.dictionary(word, fc.oneof(word, fc.integer(), fc.boolean(), fc.constant(null)), {
      noNullPrototype: true,
    }),
    features: fc.subarray([...FEATURES]),
    type: objectType,
    pageSize: fc.integer({ min: 1, max: 100_000 }),
    importGuard: fc.record({
      maxDeletes: fc.nat(),
      maxDeletePercent: fc.integer({ min: 0, max: 100 }),
      maxBlankPercent: fc.integer({ min: 0, max: 100 }),
    }),
    schedule: fc.constantFrom(undefined, '0 3 * * *', '*/10 * * * * *', '@daily'),
    runProfiles: fc.dictionary(fc.constantFrom(...RUN_PROFILES), runProfile, { noNullPrototype: true }),
    limits: fc.record({ deletesPerHour: fc.nat({ max: 1_000_000 }) }),
  })
  .map(({ type, features, ...file }) => {
    const compound = type.anchor.length > 1 ? (['compoundAnchors'] as const) : [];
    return { ...withDefaultsOf(file), features: new Set([...features, ...compound]), types: [type] };
  });

/** Members that this test leaves to their defaults. */
function withDefaultsOf<T extends Omit<NewConnector, 'types'>>(file: T): Omit<ConnectorFile, 'types'> & T {
  return { ...parse(VALID), ...file };
}

test('what is written to a connector file is read back the same', () => {
  fc.assert(
    fc.property(connectorFile, (file) => {
      expect(parse(formatConnectorFile(file))).toEqual(file);
    }),
    { numRuns: 200 },
  );
});

test('foreign bytes never do worse than a problem with a place', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.string().map((text) => `${VALID}${text}`),
      ),
      (text) => {
        try {
          parse(text);
        } catch (error) {
          expect(error).toMatchObject({ name: 'Problem', code: expect.stringMatching(/^HOST_/) });
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('the secret token is nowhere in the home folder in clear', async () => {
  const home = await TestHome.create();
  for (const file of ['vault.json', 'vault.key', 'connectors/CSV.yaml']) {
    const text = await readFile(`${home.folder}/${file}`, 'utf8');
    expect(text).not.toContain(TOKEN);
    expect(text).not.toContain(Buffer.from(TOKEN).toString('base64'));
  }
});

test('H-68 a connector without a secret token is not served', async () => {
  const home = await TestHome.create();
  const paths = homeAt(home.folder);
  await writeFile(paths.connectorFile('Other'), await readFile(paths.connectorFile('CSV')));
  const host = await home.start();
  expect(host.connectors.find(({ name }) => name === 'Other')).toMatchObject({
    state: 'failed',
    problem: { code: 'HOST_CONNECTOR_TOKEN_MISSING' },
  });
  expect((await caller(host, 'Other').get('/Users')).status).toBe(503);
});

test('a check reaches every target, names what is wrong, and starts nothing', async () => {
  const home = await TestHome.create();
  await home.write(csv(person(1), person(2)));
  await home.configure({ ...TUTORIAL, name: 'Missing' });
  const checks = await checkHost({ home: home.folder, ...PROGRAM }, AbortSignal.timeout(20_000));
  expect(checks.map(({ name, target }) => [name, target?.summary])).toEqual([
    ['CSV', '2 rows, 7 columns'],
    ['Missing', undefined],
  ]);
  expect(checks.map(({ problems }) => problems.length)).toEqual([0, 1]);
});

test('an import without a listener fills the space that the next start serves', async () => {
  const home = await TestHome.create();
  await home.write(csv(person(1), person(2)));
  const report = await importOnce({ home: home.folder, ...PROGRAM, connector: 'CSV' }, AbortSignal.timeout(20_000));
  expect(report).toMatchObject({ outcome: 'finished', adds: 2 });
  const host = await home.start({ settled: false });
  expect((await caller(host).get('/Users?count=0')).body.totalResults).toBe(2);
  await host.settled('CSV');
});
