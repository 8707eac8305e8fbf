import { expect } from 'vitest';
import { objectAt, optionalTextAt, textAt } from './json.ts';
import type { ServiceUnderTest } from './service-under-test.ts';
import { ecma, type TlsTarget } from './tls-target.ts';

export interface Application {
  readonly principal: string;
  readonly job: string;
  /** Path of the job. */
  readonly path: string;
}

/** Milliseconds for the way of several people through every state, on a machine that has other work. */
export const patience = 90_000;

const defaultAccess = '00000000-0000-0000-0000-000000000000';

/** The tutorial's seven mappings. */
const mappings = [
  ['[objectId]', 'AzureObjectID', 0],
  ['[userPrincipalName]', 'UserName', 1],
  ['[displayName]', 'DisplayName', 0],
  ['[employeeId]', 'EmployeeId', 0],
  ['[jobTitle]', 'Title', 0],
  ['[mail]', 'Email', 0],
  ['Switch([IsSoftDeleted],, "False", "True", "True", "False")', 'IsActive', 0],
] as const;

/** An application from the template with a job, not yet configured. */
export async function createApplication({ call }: ServiceUnderTest): Promise<Application> {
  const filter = encodeURIComponent("displayName eq 'On-premises ECMA app'");
  const templates = await call('GET', `/v1.0/applicationTemplates?$filter=${filter}`);
  const template = textAt(templates.body, 'value', 0, 'id');
  const made = await call('POST', `/v1.0/applicationTemplates/${template}/instantiate`, { displayName: 'HR file' });
  const principal = textAt(made.body, 'servicePrincipal', 'id');
  const base = `/v1.0/servicePrincipals/${principal}/synchronization`;
  const synchronization = await call('GET', `${base}/templates`);
  const created = await call('POST', `${base}/jobs`, { templateId: textAt(synchronization.body, 'value', 0, 'id') });
  expect(created.status).toBe(201);
  const job = textAt(created.body, 'id');
  return { principal, job, path: `${base}/jobs/${job}` };
}

/** Stores where the target is and what opens it. */
export async function configure(
  { call }: ServiceUnderTest,
  { principal }: Application,
  target: TlsTarget,
): Promise<void> {
  const stored = await call('PUT', `/v1.0/servicePrincipals/${principal}/synchronization/secrets`, {
    value: [
      { key: 'BaseAddress', value: target.url },
      { key: 'SecretToken', value: target.token },
      { key: 'TrustedCertificateFile', value: target.certificateFile },
    ],
  });
  expect([stored.status, stored.text]).toEqual([204, '']);
}

/** Discovers the target and stores the tutorial's mappings; answers the schema as it was put. */
export async function map({ call }: ServiceUnderTest, { path }: Application): Promise<unknown> {
  const directory = textAt((await call('GET', `${path}/schema`)).body, 'directories', 1, 'id');
  const discovered = await call('POST', `${path}/schema/directories/${directory}/discover`, '');
  expect(discovered.status).toBe(200);
  const schema = (await call('GET', `${path}/schema`)).body;
  objectAt(schema, 'synchronizationRules', 0, 'objectMappings', 0).attributeMappings = mappings.map(
    ([expression, name, matchingPriority]) => ({
      targetAttributeName: `${ecma}:${name}`,
      matchingPriority,
      source: { expression },
    }),
  );
  const put = await call('PUT', `${path}/schema`, schema);
  expect([put.status, put.text]).toEqual([204, '']);
  return schema;
}

/** An application whose job is ready to run. */
export async function readyApplication(service: ServiceUnderTest, target: TlsTarget): Promise<Application> {
  const application = await createApplication(service);
  await configure(service, application, target);
  await map(service, application);
  return application;
}

/** Assigns a person; answers the assignment's id. */
export async function assign(
  { call }: ServiceUnderTest,
  { principal }: Application,
  principalId: string,
): Promise<string> {
  const made = await call('POST', `/v1.0/servicePrincipals/${principal}/appRoleAssignedTo`, {
    principalId,
    resourceId: principal,
    appRoleId: defaultAccess,
  });
  expect(made.status).toBe(201);
  return textAt(made.body, 'id');
}

/** Runs a cycle to its end; answers what it did. */
export async function runCycle({ call }: ServiceUnderTest, { job }: Application): Promise<unknown> {
  const answer = await call('POST', `/api/jobs/${job}/runCycle?wait`, '');
  expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
  return answer.body;
}

/** The target's users by name, as `IsActive Title`. */
export async function people(target: TlsTarget): Promise<Record<string, string>> {
  const users = await target.all();
  return Object.fromEntries(
    users.map((user) => [
      textAt(user, ecma, 'UserName'),
      `${textAt(user, ecma, 'IsActive')} ${optionalTextAt(user, ecma, 'Title') ?? '-'}`,
    ]),
  );
}
