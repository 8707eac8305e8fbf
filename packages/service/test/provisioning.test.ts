import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { forEachDatabase } from '../../../testing/databases.ts';
import {
  assign,
  configure,
  createApplication,
  map,
  patience,
  people,
  readyApplication,
  runCycle,
} from './application-under-test.ts';
import { at, listAt, optionalTextAt, textAt } from './json.ts';
import { person, serve } from './service-under-test.ts';
import { ecma, startTlsTarget } from './tls-target.ts';

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
        expect((await call('GET', path)).body).toMatchObject({
          status: { code: 'NotConfigured' },
          schedule: { state: 'Disabled' },
        });
        const early = await call('POST', `${path}/start`, '');
        expect([early.status, early.headers.get('joinery-problem')]).toEqual([409, 'ENGINE_JOB_NOT_CONFIGURED']);

        await configure(service, application, target);
        expect((await call('GET', path)).body).toMatchObject({ status: { code: 'NotRun' } });
        await map(service, application);
        const tested = await call('POST', `${path}/validateCredentials`, { useSavedCredentials: true });
        expect([tested.status, tested.text]).toEqual([204, '']);

        const ids: Record<string, string> = {};
        for (const name of ['adele', 'britta', 'carl', 'dora', 'ewa']) {
          const made = await call('POST', '/v1.0/users', person(name, { jobTitle: 'Welder' }));
          ids[name] = textAt(made.body, 'id');
        }
        const assignments: Record<string, string> = {};
        for (const name of ['adele', 'britta', 'carl', 'dora']) {
          assignments[name] = await assign(service, application, textAt(ids, name));
        }

        // A dry run writes nothing; the same on demand does.
        const subject = { parameters: [{ subjects: [{ objectId: ids.adele, objectTypeName: 'user' }] }] };
        const planned = await call('POST', `/api/jobs/${application.job}/plan`, subject);
        expect(JSON.parse(textAt(planned.body, 'value'))).toMatchObject({ action: 'Create' });
        expect(target.writes).toEqual([]);
        const now = await call('POST', `${path}/provisionOnDemand`, subject);
        expect(JSON.parse(textAt(now.body, 'key'))).toEqual({ result: 'Success', details: {} });
        const summary: unknown = JSON.parse(textAt(now.body, 'value'));
        expect(summary).toMatchObject({ statusInfo: { status: 'Success' } });
        expect(listAt(summary, 'provisioningSteps').map((step) => textAt(step, 'type'))).toContain('Export');
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
        // The feed holds back while any transaction of the server is open, those of other tests included.
        await expect
          .poll(() => runCycle(service, application), { timeout: 20_000 })
          .toMatchObject({ kind: 'incremental', counts: { updated: 1, disabled: 2, deleted: 1, failed: 0 } });
        expect(await people(target)).toEqual({
          'adele@contoso.example': 'True Smith',
          'britta@contoso.example': 'False Welder',
          'carl@contoso.example': 'False Welder',
        });

        // 20, 24, 28: the log, newest first, page by page, by job and by nested path.
        const filter = encodeURIComponent(`jobid eq '${application.job}' and provisioningAction eq 'delete'`);
        const deletes = listAt((await call('GET', `/v1.0/auditLogs/provisioning/?$filter=${filter}`)).body, 'value');
        const anyCase = encodeURIComponent("provisioningAction eq 'DELETE' and statusInfo/status eq 'Success'");
        const alike = await call('GET', `/v1.0/auditLogs/provisioning?$filter=${anyCase}`);
        expect(at(alike.body, 'value')).toEqual(deletes);
        expect(deletes).toMatchObject([
          {
            sourceIdentity: { id: ids.dora },
            servicePrincipal: { id: principal, displayName: 'HR file' },
            provisioningStatusInfo: { status: 'success' },
          },
        ]);
        expect(textAt(deletes, 0, 'sourceIdentity', 'displayName')).not.toBe(ids.dora);
        const about = encodeURIComponent(
          `sourceIdentity/id eq '${ids.adele}' and servicePrincipal/id eq '${principal}'`,
        );
        const rows: string[] = [];
        let next: string | undefined = `/v1.0/auditLogs/provisioning?$top=1&$filter=${about}`;
        while (next !== undefined) {
          const page = await call('GET', next);
          rows.push(...listAt(page.body, 'value').map((row) => textAt(row, 'provisioningAction')));
          next = optionalTextAt(page.body, '@odata.nextLink');
        }
        expect(rows.at(0)).toBe('update');
        expect(rows.at(-1)).toBe('create');
        expect((await call('GET', '/v1.0/auditLogs/provisioning?$filter=shoeSize%20eq%201')).status).toBe(400);

        // A restart of the service loses nothing, and a start runs by itself.
        const again = await service.restart();
        expect((await again.call('GET', path)).body).toMatchObject({
          status: { code: 'Active', lastExecution: { state: 'Succeeded', countExported: 4 } },
        });
        expect(await runCycle(again, application)).toMatchObject({ kind: 'incremental', counts: { failed: 0 } });

        // 4, 47, 48: paused, a cycle is refused; a restart begins anew.
        expect((await again.call('POST', `${path}/pause`, '')).status).toBe(204);
        expect((await again.call('POST', `/api/jobs/${application.job}/runCycle?wait`, '')).status).toBe(409);
        const restart = { criteria: { resetScope: 'Watermark, Escrows, QuarantineState' } };
        expect((await again.call('POST', `${path}/restart`, { criteria: { resetScope: 'Sideways' } })).status).toBe(
          400,
        );
        expect((await again.call('POST', `${path}/restart`, restart)).status).toBe(204);
        expect(await runCycle(again, application)).toMatchObject({ counts: { failed: 0 } });

        // 58, design 7: no secret in an answer, a log line or the database's own text.
        const stored = await again.call('GET', `/v1.0/servicePrincipals/${principal}/synchronization/secrets`);
        const secrets = listAt(stored.body, 'value');
        expect(secrets).toContainEqual({ key: 'SecretToken', value: '*****' });
        expect(secrets).toContainEqual({ key: 'BaseAddress', value: target.url });
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
    const attributeMappings = listAt(schema, 'synchronizationRules', 0, 'objectMappings', 0, 'attributeMappings');

    attributeMappings[2] = { targetAttributeName: `${ecma}:DisplayNam`, source: { expression: '[displayName]' } };
    const unknown = await call('PUT', `${path}/schema`, schema);
    expect(unknown.headers.get('joinery-problem')).toBe('ENGINE_TARGET_ATTRIBUTE_UNKNOWN');
    const message = textAt(unknown.body, 'error', 'message');
    expect(message).toContain('synchronizationRules[0].objectMappings[0].attributeMappings[2]');
    expect(message).toContain(`"${ecma}:DisplayName"`);

    attributeMappings[2] = {
      targetAttributeName: `${ecma}:DisplayName`,
      source: { expression: 'Join(" ", [givenName]' },
    };
    const broken = await call('PUT', `${path}/schema`, schema);
    expect([broken.status, broken.headers.get('joinery-problem')]).toEqual([400, 'ENGINE_EXPRESSION_INVALID']);
    expect(textAt(broken.body, 'error', 'message')).toMatch(/\d+/);
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
    const kept = listAt((await call('GET', secrets)).body, 'value');
    expect(kept).toHaveLength(3);
    // The mask keeps what is stored.
    expect((await call('PUT', secrets, { value: kept })).status).toBe(204);
    expect((await call('POST', `${path}/validateCredentials`, { useSavedCredentials: true })).status).toBe(204);
  });

  test('57: the connection test names what is wrong: token, certificate, target', async () => {
    const target = await startTlsTarget();
    const service = await serve('postgresql');
    const { call } = service;
    const application = await readyApplication(service, target);
    const test = async (changes: Record<string, string | null>) => {
      const credentials = Object.entries({
        BaseAddress: target.url,
        SecretToken: target.token,
        TrustedCertificateFile: target.certificateFile,
        ...changes,
      }).map(([key, value]) => ({ key, value }));
      const { status, body } = await call('POST', `${application.path}/validateCredentials`, { credentials });
      if (status === 204) return [status];
      return [status, at(body, 'error', 'code'), textAt(body, 'error', 'message').match(/[A-Z]+_[A-Z_]+/)?.[0]];
    };
    expect(await test({})).toEqual([204]);
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
    const application = await readyApplication(service, target);
    const adele = await call('POST', '/v1.0/users', person('adele'));
    await assign(service, application, textAt(adele.body, 'id'));
    expect((await call('POST', `${application.path}/start`)).status).toBe(204);
    const status = async () => at((await call('GET', application.path)).body, 'status');
    await expect.poll(async () => at(await status(), 'code'), { timeout: 20_000 }).toBe('Active');
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
    expect(list.body).toMatchObject({ value: [{ id: second.job }] });
  });
});
