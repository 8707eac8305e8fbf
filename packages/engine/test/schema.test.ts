import { Problem } from '@joinery/problems';
import { userType } from '@joinery/scim';
import { describe, expect, test } from 'vitest';
import {
  compileJob,
  objectFromResourceType,
  parseJobSettings,
  parseResetScope,
  parseSynchronizationSchema,
  renderSynchronizationSchema,
} from '../src/index.ts';
import { schemaJson, type TestSchema, testSchema, tutorialMappings } from './support/schema.ts';
import { ecma } from './support/target.ts';

const problemOf = (work: () => unknown): Problem => {
  try {
    work();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('It was accepted.');
};
const refusal = (draft: Partial<TestSchema>): Problem =>
  problemOf(() => compileJob(testSchema({ mappings: tutorialMappings, ...draft })));

test('a schema survives being printed and parsed, with unknown members dropped', () => {
  const schema = testSchema({ mappings: tutorialMappings });
  const printed: unknown = JSON.parse(
    JSON.stringify({ '@odata.context': 'x', ...renderSynchronizationSchema(schema) }),
  );
  expect(parseSynchronizationSchema(printed)).toEqual(schema);
  const source = schema.synchronizationRules[0]?.objectMappings[0]?.attributeMappings.at(-1)?.source;
  expect(source).toMatchObject({ type: 'Function', name: 'Switch' });
  expect(source?.parameters).not.toHaveLength(0);
});

describe('a schema that cannot work is refused with code and place', () => {
  const upn = { from: '[userPrincipalName]', to: `${ecma}:UserName`, match: 1 };
  const place = 'synchronizationRules[0].objectMappings[0].attributeMappings';

  test.each([
    ['an unknown source attribute', [{ ...upn, from: '[nobody]' }], 'ENGINE_EXPRESSION_INVALID', `${place}[0].source`],
    [
      'an unknown target attribute',
      [{ ...upn, to: `${ecma}:Username` }],
      'ENGINE_TARGET_ATTRIBUTE_UNKNOWN',
      `${place}[0].targetAttributeName`,
    ],
    [
      'a read-only target attribute',
      [{ ...upn, to: 'id' }],
      'ENGINE_TARGET_ATTRIBUTE_READ_ONLY',
      `${place}[0].targetAttributeName`,
    ],
    [
      'no matching attribute',
      [{ ...upn, match: 0 }],
      'ENGINE_MATCHING_MISSING',
      'synchronizationRules[0].objectMappings[0]',
    ],
    ['one target attribute twice', [upn, { ...upn, match: 0 }], 'ENGINE_SCHEMA_INVALID', `${place}[1]`],
    [
      'a matching attribute without a source',
      [{ ...upn, from: null }],
      'ENGINE_SCHEMA_INVALID',
      `${place}[0].matchingPriority`,
    ],
    [
      'a list for a single value',
      [upn, { from: 'Split("a,b", ",")', to: `${ecma}:Title` }],
      'ENGINE_EXPRESSION_INVALID',
      `${place}[1].source`,
    ],
  ])('%s', (_, mappings, code, at) => {
    expect(refusal({ mappings })).toMatchObject({ code, place: at });
  });

  test('an expression error names the mapping, the position and what to do', () => {
    const error = refusal({ mappings: [{ ...upn, from: 'Tolower([userPrincipalName])' }] });
    expect(error).toMatchObject({ code: 'ENGINE_EXPRESSION_INVALID', place: `${place}[0].source` });
    expect(`${error.message} ${error.fix}`).toContain('ToLower');
  });

  test('a typing slip in a target attribute suggests the right one', () => {
    expect(refusal({ mappings: [{ ...upn, to: `${ecma}:Username` }] }).detail).toContain(`"${ecma}:UserName"`);
  });

  test.each([
    [{ directories: 1 }, 'directories'],
    [{ synchronizationRules: [{}] }, 'synchronizationRules[0].id'],
    [[], ''],
    [
      { directories: [{ name: 'd', objects: [{ name: 'o', attributes: [{ name: 'a' }, { name: 'a' }] }] }] },
      'directories[0].objects[0].attributes',
    ],
  ])('a document that is no schema: %j', (document, at) => {
    expect(problemOf(() => parseSynchronizationSchema(document))).toMatchObject({
      code: 'ENGINE_SCHEMA_INVALID',
      place: at,
    });
  });

  test('a rule that names what the directories do not define', () => {
    const json = JSON.stringify(schemaJson({ mappings: tutorialMappings })).replace(
      '"name":"Application"',
      '"name":"Other"',
    );
    expect(problemOf(() => compileJob(parseSynchronizationSchema(JSON.parse(json)))).code).toBe(
      'ENGINE_RULE_DIRECTORY_UNKNOWN',
    );
  });
});

test('a SCIM resource type becomes the attributes that mappings write to', () => {
  const names = objectFromResourceType('User', userType).attributes.map(({ name }) => name);
  expect(names).toContain('userName');
  expect(names).toContain('name.givenName');
  expect(names).toContain('emails[type eq "work"].value');
  expect(names).toContain('urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department');
  expect(names).toContain('urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager');
  expect(new Set(names).size).toBe(names.length);
});

test('settings take defaults, keep null for no guard, and refuse nonsense', () => {
  expect(parseJobSettings({})).toMatchObject({ deleteThreshold: 500, syncAll: false, targetConcurrency: 32 });
  expect(parseJobSettings({ deleteThreshold: null }).deleteThreshold).toBeNull();
  expect(problemOf(() => parseJobSettings({ targetConcurrency: 0 })).code).toBe('ENGINE_SCHEMA_INVALID');
});

test('a reset scope is read with blanks and any case, empty as the button, unknown refused', () => {
  expect([...parseResetScope(' full ,ForceDeletes')]).toEqual(['Full', 'ForceDeletes']);
  expect(parseResetScope('')).toEqual(parseResetScope(null));
  expect(parseResetScope(null).has('Watermark')).toBe(true);
  expect(problemOf(() => parseResetScope('Everything')).code).toBe('ENGINE_RESET_SCOPE_UNKNOWN');
});
