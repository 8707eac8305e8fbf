import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { homeAt } from '@joinery/host';
import { Agent, fetch } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import { hostHome, token } from './host-home.ts';
import { joinery, startJoinery } from './process.ts';
import { serviceHome } from './service-home.ts';

interface Answer {
  readonly status: number;
  /** The problem's code, from the answer's header. */
  readonly problem: string | null;
  readonly text: string;
  /** The parsed body, for a test that is about to judge it. */
  readonly body: ReturnType<typeof JSON.parse>;
}

type Call = (method: string, path: string, body?: unknown) => Promise<Answer>;

/** Calls a server of this test as any client would. */
async function caller(base: string, certificate: string, bearer: string): Promise<Call> {
  const dispatcher = new Agent({ connect: { ca: await readFile(certificate, 'utf8') } });
  onTestFinished(() => dispatcher.close());
  return async (method, path, body) => {
    const answer = await fetch(base + path, {
      method,
      dispatcher,
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const problem = answer.headers.get('joinery-problem');
    return { status: answer.status, problem, text, body: text === '' ? undefined : JSON.parse(text) };
  };
}

test('a wrong token, a mapping to an unknown attribute and a broken expression are refused in a sentence; nothing is kept or written', {
  timeout: 60_000,
}, async () => {
  const target = await hostHome();
  const before = readFileSync(target.file);
  const host = startJoinery(['host', 'start', '--home', target.folder, '--port', '0']);
  const [, targetUrl = ''] = await host.said(/^✓ CSV: (\S+)$/m);
  const hostCertificate = join(homeAt(target.folder).certificates, 'host.pem');
  const home = await serviceHome();
  const service = startJoinery(['service', 'start', '--home', home, '--port', '0']);
  const [, url = ''] = await service.said(/service answers on (\S+)\.\n/);
  const call = await caller(
    url,
    join(home, 'certs', 'service.pem'),
    (await readFile(join(home, 'admin-token'), 'utf8')).trim(),
  );

  // The host itself, and the service, each to a caller with a token that is not theirs.
  const stranger = await caller(targetUrl, hostCertificate, 'not-the-secret-token');
  expect(await stranger('GET', '/Users')).toMatchObject({ status: 401, text: expect.stringContaining('token') });
  const guest = await caller(url, join(home, 'certs', 'service.pem'), 'not-the-secret-token');
  expect(await guest('GET', '/v1.0/users')).toMatchObject({ status: 401 });

  const templates = await call('GET', '/v1.0/applicationTemplates');
  const made = await call('POST', `/v1.0/applicationTemplates/${templates.body.value[0].id}/instantiate`, {
    displayName: 'HR file',
  });
  const base = `/v1.0/servicePrincipals/${made.body.servicePrincipal.id}/synchronization`;
  const [template] = (await call('GET', `${base}/templates`)).body.value;
  const job = `${base}/jobs/${(await call('POST', `${base}/jobs`, { templateId: template.id })).body.id}`;
  const credentials = (secret: string) => ({
    value: [
      { key: 'BaseAddress', value: targetUrl },
      { key: 'SecretToken', value: secret },
      { key: 'TrustedCertificateFile', value: hostCertificate },
    ],
  });
  const tested = async (secret: string): Promise<Answer> => {
    expect((await call('PUT', `${base}/secrets`, credentials(secret))).status).toBe(204);
    return call('POST', `${job}/validateCredentials`, { useSavedCredentials: true });
  };
  const refused = await tested('not-the-secret-token');
  expect(refused).toMatchObject({ status: 400, body: { error: { code: 'CredentialValidationFailed' } } });
  expect(refused.text).not.toContain('not-the-secret-token');
  expect((await tested(token)).status).toBe(204);

  const directory = (await call('GET', `${job}/schema`)).body.directories[1].id;
  expect((await call('POST', `${job}/schema/directories/${directory}/discover`, {})).status).toBe(200);
  const schema = await call('GET', `${job}/schema`);
  const put = (targetAttributeName: string, expression: string): Promise<Answer> => {
    const changed = structuredClone(schema.body);
    changed.synchronizationRules[0].objectMappings[0].attributeMappings = [
      { targetAttributeName, matchingPriority: 1, source: { expression } },
    ];
    return call('PUT', `${job}/schema`, changed);
  };
  const extension = 'urn:ietf:params:scim:schemas:extension:ECMA2Host:2.0:User';
  const unknown = await put(`${extension}:UserNam`, '[userPrincipalName]');
  const broken = await put(`${extension}:UserName`, 'Join("-",\n  [mail');
  const place = 'synchronizationRules[0].objectMappings[0].attributeMappings[0]';
  expect([unknown.status, unknown.problem]).toEqual([400, 'ENGINE_TARGET_ATTRIBUTE_UNKNOWN']);
  expect(unknown.body.error.message).toContain(`${place}.targetAttributeName: `);
  expect(unknown.body.error.message).toContain(`Did you mean "${extension}:UserName"?`);
  expect([broken.status, broken.problem]).toEqual([400, 'ENGINE_EXPRESSION_INVALID']);
  expect(broken.body.error.message).toContain(`${place}.source: line 2, column `);
  expect((await call('GET', `${job}/schema`)).text).toBe(schema.text);

  expect([(await host.stop()).code, (await service.stop()).code]).toEqual([0, 0]);
  expect(readFileSync(target.file)).toEqual(before);
});

test('expression eval of a broken expression exits 1 with code, line and column', async () => {
  const { code, stdout, stderr } = await joinery(['expression', 'eval', 'Join("-",\n  [mail']);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^EXPRESSION_SYNTAX: line 2, column \d+: .+\n$/);
});
