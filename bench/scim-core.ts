/*
 * The pure functions of the SCIM room on one core: filters read and evaluated, PATCH of a user of forty attributes, and the text
 * that storage keeps. Usage: node bench/scim-core.ts [--seconds 2]
 */
import { parseArgs } from 'node:util';
import {
  bindFilter,
  compileResourceType,
  isObject,
  matches,
  PATCH_OP_URN,
  parseFilter,
  parseJson,
  parsePatch,
  type ScimObject,
  serialiseResource,
  userType,
  validateResource,
} from '@joinery/scim';
import { median, printRow } from './row.ts';

const { values: words } = parseArgs({ options: { seconds: { type: 'string', default: '2' } } });
const roundMs = (Number(words.seconds) * 1000) / 5;

const users = compileResourceType(userType);
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const texts = ['displayName', 'nickName', 'title', 'userType', 'preferredLanguage', 'locale', 'timezone', 'profileUrl'];
const body: ScimObject = {
  userName: 'joy.young@contoso.example',
  externalId: '0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef',
  active: true,
  ...Object.fromEntries(texts.map((name) => [name, `the ${name}`])),
  name: { formatted: 'Joy Young', familyName: 'Young', givenName: 'Joy', middleName: 'M' },
  emails: [
    { type: 'work', value: 'joy.young@contoso.example', primary: true },
    { type: 'home', value: 'joy@home.example' },
  ],
  phoneNumbers: ['work', 'mobile', 'fax'].map((type, index) => ({ type, value: `+49 30 12345${index}` })),
  addresses: [
    { type: 'work', streetAddress: 'Street 1', locality: 'Berlin', region: 'BE', postalCode: '10115', country: 'DE' },
  ],
  roles: [{ value: 'Admin', display: 'Administrator', primary: true }],
  [enterprise]: {
    employeeNumber: 'E7',
    costCenter: '4711',
    organization: 'Contoso',
    division: 'North',
    department: 'Sales',
    manager: { value: '26118915-6090-4610-87e4-49d8ca9f808d' },
  },
};
const user: ScimObject = { ...validateResource(body, users), id: '2819c223-7f76-453a-919d-413861904646' };
const meta = { created: '2026-01-01T00:00:00.000Z', lastModified: '2026-01-01T00:00:00.000Z', version: 'W/"1"' };
const stored = serialiseResource(user, users, meta);

const filters = [
  'userName eq "joy.young@contoso.example"',
  'emails[type eq "work"].value eq "joy.young@contoso.example"',
  'active eq true and (meta.lastModified ge "2020-01-01T00:00:00Z" or displayName sw "the")',
];
const predicate = bindFilter(parseFilter(filters.at(-1) ?? ''), users);
const patch = {
  schemas: [PATCH_OP_URN],
  Operations: [
    { op: 'Replace', path: 'displayName', value: 'Joy Y.' },
    { op: 'Replace', path: 'emails[type eq "work"].value', value: 'joy@contoso.example' },
    { op: 'Add', path: `${enterprise}:manager`, value: 'another' },
    { op: 'Replace', path: 'active', value: 'False' },
  ],
};

const complete: ScimObject = { ...user, meta };
measure('filters read and bound', 'filters/s', 50_000, () => {
  for (const filter of filters) bindFilter(parseFilter(filter), users);
  return filters.length;
});
measure('a filter of three clauses evaluated', 'resources/s', 200_000, () => {
  let found = 0;
  for (let time = 0; time < 100; time += 1) if (matches(predicate, complete)) found += 1;
  if (found !== 100) throw new Error('The filter does not match.');
  return 100;
});
measure('PATCH of four operations on a user of 40 attributes', 'requests/s', 15_000, () => {
  const { changes } = parsePatch(patch, users).apply(user);
  if (changes.length !== 4) throw new Error(`The PATCH makes ${changes.length} changes.`);
  return 1;
});
measure('a user of 40 attributes serialised', 'resources/s', 50_000, () => {
  if (serialiseResource(user, users, meta).length !== stored.length) throw new Error('The text differs.');
  return 1;
});
measure('the body of a user of 40 attributes parsed and validated', 'bodies/s', 10_000, () => {
  const parsed = parseJson(stored);
  if (!isObject(parsed) || validateResource(parsed, users).userName !== user.userName) throw new Error('It differs.');
  return 1;
});

/** The median of five rounds after one that warms up. @param work returns how many things it did */
function measure(name: string, unit: string, goal: number, work: () => number): void {
  round(work);
  const perSecond = median(Array.from({ length: 5 }, () => round(work)));
  printRow({
    bench: 'scim-core',
    name,
    figure: Math.round(perSecond),
    unit,
    limit: null,
    ratio: null,
    goal: `≥ ${goal.toLocaleString('en')} ${unit}`,
    met: perSecond >= goal,
  });
}

function round(work: () => number): number {
  const start = performance.now();
  let done = 0;
  while (performance.now() - start < roundMs) for (let time = 0; time < 20; time += 1) done += work();
  return (done / (performance.now() - start)) * 1000;
}
