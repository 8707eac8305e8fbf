import { describe, expect, test } from 'vitest';
import { readSuite, suiteNames } from '../conversation.ts';
import { differences } from '../expectation.ts';
import { type Answer, replayCase } from '../replay.ts';

const steps = (text: string): readonly string[] => text.split(' ');

describe('the recorded suites are whole', () => {
  test('the validator: 24 scored cases and 7 of the preview', () => {
    const names = readSuite('entra-validator').cases.map(({ name }) => name.split(' ')[0]);
    for (let number = 1; number <= 24; number += 1) expect(names).toContain(String(number));
    for (let number = 1; number <= 7; number += 1) expect(names).toContain(`P${number}`);
  });

  test('gallery onboarding: 23 cases and the one that was added', () => {
    expect(readSuite('gallery-onboarding').cases).toHaveLength(24);
  });

  test('scim2-tester: every check of its list', () => {
    const names = readSuite('scim2-tester').cases.flatMap(({ name }) => name.split(', '));
    const checks = steps(
      'service_provider_config_endpoint service_provider_config_endpoint_methods query_all_resource_types query_resource_type_by_id resource_types_schema_validation access_invalid_resource_type resource_types_endpoint_methods query_all_schemas access_schema_by_id access_invalid_schema schemas_endpoint_methods core_schemas_validation random_url object_creation object_query object_query_without_id object_query_with_attributes object_list_with_attributes search_with_attributes object_replacement object_deletion check_add_attribute check_remove_attribute check_replace_attribute',
    );
    expect(checks).toHaveLength(24);
    for (const check of checks) expect(names).toContain(check);
  });

  test.each(suiteNames)('%s: every case has a name of its own and steps that expect something', (name) => {
    const { cases, given } = readSuite(name);
    expect(new Set(cases.map((each) => each.name)).size).toBe(cases.length);
    for (const { name: title, steps: conversation, each } of cases) {
      expect(conversation.length, title).toBeGreaterThan(0);
      for (const { send, status } of conversation) {
        expect(send).toMatch(/^(?:GET|POST|PUT|PATCH|DELETE) \/\S/);
        expect(status).toBeDefined();
      }
      if (each !== undefined) expect(given[each], title).toBeInstanceOf(Array);
    }
  });
});

describe('the replay notices a wrong answer', () => {
  const suite = readSuite('entra-validator');
  const replayed = async (name: string, answer: Answer): Promise<readonly string[]> => {
    const found = suite.cases.find((each) => each.name === name);
    if (found === undefined) throw new Error(name);
    return replayCase(suite, found, { bearer: 'x', send: async () => answer }, { profile: 'entra' });
  };
  const empty = {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: 0,
    Resources: [],
  };
  const headers = { 'content-type': 'application/scim+json' };
  const none = '4 Filter for a non-existing user';

  test('of status, body, header or form', async () => {
    expect(await replayed(none, { status: 200, headers, text: JSON.stringify(empty) })).toEqual([]);
    const wrong: readonly Answer[] = [
      { status: 201, headers, text: JSON.stringify(empty) },
      { status: 404, headers, text: '{"status":404}' },
      { status: 200, headers, text: JSON.stringify({ ...empty, totalResults: '0' }) },
      { status: 200, headers, text: JSON.stringify({ ...empty, Resources: [{}] }) },
      { status: 200, headers, text: '' },
    ];
    for (const answer of wrong) expect(await replayed(none, answer), JSON.stringify(answer)).toHaveLength(1);
    const form = { status: 200, headers: { 'content-type': 'text/html' }, text: '{}' };
    await expect(replayed(none, form)).rejects.toThrow('text/html');
    const error = { status: 404, headers, text: '{"schemas":[],"status":404}' };
    await expect(replayed('P3 Delete a non-existent User', error)).rejects.toThrow('no SCIM error');
  });

  test('lists match element by element, or some of them where the fixture says so', () => {
    expect(differences([{ a: 1, b: 2 }], [{ a: 1 }])).toEqual([]);
    expect(differences([1, 2], [2, 1])).toHaveLength(2);
    expect(differences([1, 2], [1])).toHaveLength(1);
    expect(differences([1, 2], { some: [2] })).toEqual([]);
    expect(differences([1, 2], { some: [3] })).toHaveLength(1);
    expect(differences({ a: null }, { a: '{{any}}' })).toEqual(['body.a is missing']);
  });
});
