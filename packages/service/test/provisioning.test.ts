import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { forEachDatabase } from '../../../testing/databases.ts';
import { person, type ServiceUnderTest, serve } from './service-under-test.ts';
import { ecma, startTlsTarget, type TlsTarget } from './tls-target.ts';

/** Milliseconds for the way of several people through every state, on a machine that has other work. */
const patience = 90_000;
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

interface Application {
  readonly principal: string;
  readonly job: string;
  /** Path of the job. */
  readonly path: string;
}

/** An application from the template with a job, not yet configured. */
async function createApplication({ call }: ServiceUnderTest): Promise<Application> {
  const filter = encodeURIComponent("displayName eq 'On-premises ECMA app'");
  const templates = await call('GET', `/v1.0/applicationTemplates?$filter=${filter}`);
  const [template] = templates.body.value;
  const made = await call('POST', `/v1.0/applicationTemplates/${template.id}/instantiate`, { displayName: 'HR file' });
  const principal = made.body.servicePrincipal.id;
  const base = `/v1.0/servicePrincipals/${principal}/synchronization`;
  const [synchronization] = (await call('GET', `${base}/templates`)).body.value;
  const job = await call('POST', `${base}/jobs`, { templateId: synchronization.id });
  expect(job.status).toBe(201);
  return { principal, job: job.body.id, path: `${base}/jobs/${job.body.id}` };
}

async function configure({ call }: ServiceUnderTest, { principal }: Application, target: TlsTarget): Promise<void> {
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
async function map({ call }: ServiceUnderTest, { path }: Application) {
  const before = (await call('GET', `${path}/schema`)).body;
  const directory = before.directories[1];
  const discovered = await call('POST', `${path}/schema/directories/${directory.id}/discover`, '');
  expect(discovered.status).toBe(200);
  const schema = (await call('GET', `${path}/schema`)).body;
  schema.synchronizationRules[0].objectMappings[0].attributeMappings = mappings.map(
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

async function assign({ call }: ServiceUnderTest, principal: string, principalId: string): Promise<string> {
  const made = await call('POST', `/v1.0/servicePrincipals/${principal}/appRoleAssignedTo`, {
    principalId,
    resourceId: principal,
    appRoleId: defaultAccess,
  });
  expect(made.status).toBe(201);
  return made.body.id;
}

async function runCycle({ call }: ServiceUnderTest, { job }: Application) {
  const answer = await call('POST', `/api/jobs/${job}/runCycle?wait`, '');
  expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
  return answer.body;
}

/** The target's users by name, as `IsActive Title`. */
async function people(target: TlsTarget): Promise<Record<string, string>> {
  const users = JSON.parse(JSON.stringify(await target.all()));
  return Object.fromEntries(
    users.map((user: Record<string, Record<string, string>>) => {
      const flat = user[ecma] ?? {};
      return [flat.UserName, `${flat.IsActive} ${flat.Title ?? '-'}`];
    }),
  );
}

forEachDatabase((engine) => {
  describe('provisioning', () => {
    test(
      'a person assigned in the directory appears in the target, and leaves it as the directory says',
      async () => {
        const target = await startTlsTarget();
        const service = await serve(engine);
        const { call } = service;
        const application = await createApplication(service);
        const { principal, path } = application;

        // 46: a job that nobody configured says so.
        const fresh = (await call('GET', path)).body;
        expect([fresh.status.code, fresh.schedule.state]).toEqual(['NotConfigured', 'Disabled']);
        const early = await call('POST', `${path}/start`, '');
        expect([early.status, early.headers.get('joinery-problem')]).toEqual([409, 'ENGINE_JOB_NOT_CONFIGURED']);

        await configure(service, application, target);
        expect((await call('GET', path)).body.status.code).toBe('NotRun');
        await map(service, application);
        const tested = await call('POST', `${path}/validateCredentials`, { useSavedCredentials: true });
        expect([tested.status, tested.text]).toEqual([204, '']);

        const ids: Record<string, string> = {};
        for (const name of ['adele', 'britta', 'carl', 'dora', 'ewa']) {
          ids[name] = (await call('POST', '/v1.0/users', person(name, { jobTitle: 'Welder' }))).body.id;
        }
        const assignments: Record<string, string> = {};
        for (const name of ['adele', 'britta', 'carl', 'dora']) {
          assignments[name] = await assign(service, principal, ids[name] ?? '');
        }

        // A dry run writes nothing; the same on demand does.
        const subject = { parameters: [{ subjects: [{ objectId: ids.adele, objectTypeName: 'user' }] }] };
        const planned = await call('POST', `/api/jobs/${application.job}/plan`, subject);
        expect(JSON.parse(planned.body.value).action).toBe('Create');
        expect(target.writes).toEqual([]);
        const now = await call('POST', `${path}/provisionOnDemand`, subject);
        expect(JSON.parse(now.body.key)).toEqual({ result: 'Success', details: {} });
        const summary = JSON.parse(now.body.value);
        expect(summary.statusInfo.status).toBe('Success');
        expect(summary.provisioningSteps.map((step: { type: string }) => step.type)).toContain('Export');
        expect(await people(target)).toEqual({ 'adele@contoso.example': 'True Welder' });

        const initial = await runCycle(service, application);
        expect(initial).toMatchObject({ kind: 'initial', settled: true, counts: { created: 3, failed: 0 } });
        expect(Object.keys(await people(target))).toHaveLength(4);

        // 3: nothing changed, nothing is sent.
        target.writes.length = 0;
        expect(await runCycle(service, application)).toMatchObject({ kind: 'incremental', counts: { read: 0 } });
        expect(target.writes).toEqual([]);

        await call('PATCH', `/v1.0/users/${ids.adele}`, { jobTitle: 'Smith' });
        await call('DELETE', `/v1.0/servicePrincipals/${principal}/appRoleAssignedTo/${assignments.britta}`);
        await call('DELETE', `/v1.0/users/${ids.carl}`);
        await call('DELETE', `/v1.0/users/${ids.dora}`);
        await call('DELETE', `/v1.0/directory/deletedItems/${ids.dora}`);
        const second = await runCycle(service, application);
        expect(second).toMatchObject({
          kind: 'incremental',
          counts: { updated: 1, disabled: 2, deleted: 1, failed: 0 },
        });
        expect(await people(target)).toEqual({
          'adele@contoso.example': 'True Smith',
          'britta@contoso.example': 'False Welder',
          'carl@contoso.example': 'False Welder',
        });

        // 20, 24, 28: the log, newest first, page by page, by job and by nested path.
        const filter = encodeURIComponent(`jobid eq '${application.job}' and provisioningAction eq 'delete'`);
        const deletes = (await call('GET', `/v1.0/auditLogs/provisioning/?$filter=${filter}`)).body.value;
        const anyCase = encodeURIComponent("provisioningAction eq 'DELETE' and statusInfo/status eq 'Success'");
        expect((await call('GET', `/v1.0/auditLogs/provisioning?$filter=${anyCase}`)).body.value).toEqual(deletes);
        expect(deletes[0]?.sourceIdentity.displayName).not.toBe(deletes[0]?.sourceIdentity.id);
        expect(deletes).toHaveLength(1);
        expect(deletes[0]).toMatchObject({
          sourceIdentity: { id: ids.dora },
          servicePrincipal: { id: principal, displayName: 'HR file' },
          provisioningStatusInfo: { status: 'success' },
        });
        const about = encodeURIComponent(
          `sourceIdentity/id eq '${ids.adele}' and servicePrincipal/id eq '${principal}'`,
        );
        const rows: string[] = [];
        let next = `/v1.0/auditLogs/provisioning?$top=1&$filter=${about}`;
        while (next !== undefined) {
          const page = (await call('GET', next)).body;
          rows.push(...page.value.map((row: { provisioningAction: string }) => row.provisioningAction));
          next = page['@odata.nextLink'];
        }
        expect(rows.at(0)).toBe('update');
        expect(rows.at(-1)).toBe('create');
        expect((await call('GET', '/v1.0/auditLogs/provisioning?$filter=shoeSize%20eq%201')).status).toBe(400);

        // A restart of the service loses nothing, and a start runs by itself.
        const again = await service.restart();
        const status = (await again.call('GET', path)).body.status;
        expect(status).toMatchObject({ code: 'Active', lastExecution: { state: 'Succeeded', countExported: 4 } });
        expect(await runCycle(again, application)).toMatchObject({ kind: 'incremental', counts: { failed: 0 } });

        // 4, 47, 48: paused, a cycle is refused; a restart begins anew.
        expect((await again.call('POST', `${path}/pause`, '')).status).toBe(204);
        expect((await again.call('POST', `/api/jobs/${application.job}/runCycle?wait`, '')).status).toBe(409);
        const restart = { criteria: { resetScope: 'Watermark, Escrows, QuarantineState' } };
        expect((await again.call('POST', `${path}/restart`, { criteria: { resetScope: 'Sideways' } })).status).toBe(
          400,
        );
        expect((await again.call('POST', `${path}/restart`, restart)).status).toBe(204);
        expect((await runCycle(again, application)).counts.failed).toBe(0);

        // 58, design 7: no secret in an answer, a log line or the database's own text.
        const secrets = await again.call('GET', `/v1.0/servicePrincipals/${principal}/synchronization/secrets`);
        expect(secrets.body.value).toContainEqual({ key: 'SecretToken', value: '*****' });
        expect(secrets.body.value).toContainEqual({ key: 'BaseAddress', value: target.url });
        for (const text of [again.log(), ...again.answers]) {
          expect(text).not.toContain(target.token);
          expect(text).not.toContain(again.token);
          expect(text).not.toContain('Correct-horse-1');
        }
        expect(again.log().length).toBeGreaterThan(0);
        expect((await readFile(join(again.home, 'vault.key'), 'utf8')).trim()).toHaveLength(44);
      },
      patience,
    );
  });
});

describe('configuring a job', () => {
  test('what could not work is refused with its place, and nothing is stored', async () => {
    const target = await startTlsTarget();
    const service = await serve('postgresql');
    const { call } = service;
    const application = await createApplication(service);
    const { principal, path } = application;
    await configure(service, application, target);
    const schema = await map(service, application);
    const before = (await call('GET', `${path}/schema`)).body;
    const attributeMappings = schema.synchronizationRules[0].objectMappings[0].attributeMappings;

    attributeMappings[2] = { targetAttributeName: `${ecma}:DisplayNam`, source: { expression: '[displayName]' } };
    const unknown = await call('PUT', `${path}/schema`, schema);
    expect(unknown.headers.get('joinery-problem')).toBe('ENGINE_TARGET_ATTRIBUTE_UNKNOWN');
    expect(unknown.body.error.message).toContain('synchronizationRules[0].objectMappings[0].attributeMappings[2]');
    expect(unknown.body.error.message).toContain(`"${ecma}:DisplayName"`);

    attributeMappings[2] = {
      targetAttributeName: `${ecma}:DisplayName`,
      source: { expression: 'Join(" ", [givenName]' },
    };
    const broken = await call('PUT', `${path}/schema`, schema);
    expect([broken.status, broken.headers.get('joinery-problem')]).toEqual([400, 'ENGINE_EXPRESSION_INVALID']);
    expect(broken.body.error.message).toMatch(/\d+/);
    expect((await call('GET', `${path}/schema`)).body).toEqual(before);

    const secrets = `/v1.0/servicePrincipals/${principal}/synchronization/secrets`;
    for (const pair of [
      { key: 'SecretTokn', value: 'x' },
      { key: 'BaseAddress', value: 'http://target.example/scim' },
      { key: 'BaseAddress', value: 'https://user:pw@target.example/scim' },
      { key: 'SecretToken', value: 'with space' },
      { key: 'Password', value: '*****' },
      { key: 'SyncAll', value: 'perhaps' },
      { key: 'TrustedCertificateFile', value: 'relative.pem' },
    ]) {
      const refused = await call('PUT', secrets, { value: [pair] });
      expect([refused.status, refused.headers.get('joinery-problem')], pair.key).toEqual([
        400,
        'SERVICE_SECRET_INVALID',
      ]);
    }
    expect((await call('GET', secrets)).body.value).toHaveLength(3);
    // The mask keeps what is stored.
    const kept = (await call('GET', secrets)).body.value;
    expect((await call('PUT', secrets, { value: kept })).status).toBe(204);
    expect((await call('POST', `${path}/validateCredentials`, { useSavedCredentials: true })).status).toBe(204);
  });

  test('57: the connection test names what is wrong: token, certificate, target', async () => {
    const target = await startTlsTarget();
    const service = await serve('postgresql');
    const { call } = service;
    const application = await createApplication(service);
    await configure(service, application, target);
    await map(service, application);
    const test = async (changes: Record<string, string | null>) => {
      const credentials = Object.entries({
        BaseAddress: target.url,
        SecretToken: target.token,
        TrustedCertificateFile: target.certificateFile,
        ...changes,
      }).map(([key, value]) => ({ key, value }));
      const { status, body } = await call('POST', `${application.path}/validateCredentials`, { credentials });
      return [status, body.error?.code, String(body.error?.message).match(/[A-Z]+_[A-Z_]+/)?.[0]];
    };
    expect(await test({})).toEqual([204, undefined, undefined]);
    expect(await test({ SecretToken: 'another-token-1' })).toEqual([
      400,
      'CredentialValidationFailed',
      expect.stringMatching(/^SCIM_TARGET_/),
    ]);
    expect(await test({ TrustedCertificateFile: null })).toEqual([
      400,
      'CredentialValidationFailed',
      'RUNTIME_TARGET_UNTRUSTED',
    ]);
    await target.stop();
    expect(await test({})).toEqual([400, 'CredentialValidationFailed', 'RUNTIME_TARGET_UNREACHABLE']);
  });

  test('2: a started job runs its first cycle by itself and is active afterwards', async () => {
    const target = await startTlsTarget();
    const service = await serve('postgresql');
    const { call } = service;
    const application = await createApplication(service);
    await configure(service, application, target);
    await map(service, application);
    const { id } = (await call('POST', '/v1.0/users', person('adele'))).body;
    await assign(service, application.principal, id);
    expect((await call('POST', `${application.path}/start`)).status).toBe(204);
    const status = async () => (await call('GET', application.path)).body.status;
    await expect.poll(async () => (await status()).code, { timeout: 20_000 }).toBe('Active');
    expect(await status()).toMatchObject({ lastSuccessfulExecutionWithExports: { countExported: 1 } });
    expect(Object.keys(await people(target))).toEqual(['adele@contoso.example']);
  });

  test('jobs of another application are not found, and a deleted job is gone', async () => {
    const service = await serve('postgresql');
    const { call } = service;
    const first = await createApplication(service);
    const second = await createApplication(service);
    const crossed = `/v1.0/servicePrincipals/${second.principal}/synchronization/jobs/${first.job}`;
    expect((await call('GET', crossed)).status).toBe(404);
    expect((await call('DELETE', crossed)).status).toBe(404);
    expect((await call('DELETE', first.path)).status).toBe(204);
    expect((await call('GET', first.path)).status).toBe(404);
    const list = await call('GET', `/v1.0/servicePrincipals/${second.principal}/synchronization/jobs`);
    expect(list.body.value.map(({ id }: { id: string }) => id)).toEqual([second.job]);
  });
});
