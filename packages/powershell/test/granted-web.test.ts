import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { systemClock } from '@joinery/runtime/clock';
import { describe, expect, test } from 'vitest';
import { makeAuthority } from '../../../testing/directories/certificates.ts';
import { temporaryFolder } from '../../../testing/folder.ts';
import { WebBroker } from '../src/engine/web-broker.ts';
import { isWebQuestion, type WebQuestion } from '../src/sandbox/web-protocol.ts';
import { GrantedHosts } from '../src/world/granted-hosts.ts';
import { openRun, outputOf } from './open-engine.ts';
import { endingOf, kept, runWith } from './web/serving.ts';
import { startWebServer, type TestServer } from './web/web-server.ts';

describe('hosts', () => {
  test('that were not granted are not reached, by whatever name', async () => {
    const server = kept(await startWebServer());
    const run = await openRun();
    for (const url of [
      server.base,
      `http://localhost:${server.port}`,
      `http://[::1]:${server.port}`,
      'http://2130706433/',
    ]) {
      expect(await endingOf(run, `Invoke-RestMethod ${url}/json`)).toMatch(
        /^WebCmdletWebResponseException\|HttpRequestException\|Access to .* is not granted\.$/,
      );
    }
    const byAddress = await runWith([server]);
    expect(await endingOf(byAddress, `Invoke-RestMethod http://localhost:${server.port}/json`)).toContain(
      'is not granted',
    );
    expect(await outputOf(byAddress, 'Invoke-RestMethod $Url/scalar')).toEqual([42n]);
    expect(server.connections()).toBeLessThanOrEqual(1);
  });

  test('that a redirect leads to are asked for like any other', async () => {
    const [server, other] = [kept(await startWebServer()), kept(await startWebServer())];
    const run = await runWith([server]);
    const target = encodeURIComponent(`${other.base}/echo`);
    expect(await endingOf(run, `Invoke-RestMethod "$Url/redirect?to=${target}"`)).toContain(
      `${other.port} is not granted`,
    );
    expect(other.connections()).toBe(0);
    const both = await runWith([server, other]);
    expect(await outputOf(both, `(Invoke-RestMethod "$Url/redirect?to=${target}").method`)).toEqual(['GET']);
  });

  test('that a header names are asked for, too: many may answer at one address', async () => {
    const server = kept(await startWebServer());
    const named = "-Headers @{ Host = 'other.example' }";
    const run = await runWith([server]);
    expect(await endingOf(run, `Invoke-RestMethod $Url/echo ${named}`)).toContain(
      'Access to other.example is not granted.',
    );
    for (const wrong of ['other.example:1', '127.0.0.1:1', 'a@127.0.0.1', '127.0.0.1, x', '']) {
      expect(await endingOf(run, `Invoke-RestMethod $Url/echo -Headers @{ Host = '${wrong}' }`)).not.toBe('no error');
    }
    expect(server.connections()).toBe(0);
    const hosts = ['127.0.0.1', 'other.example'].map((host) => ({ host, port: server.port }));
    const both = await runWith([server], { hosts });
    expect(await outputOf(both, `(Invoke-RestMethod $Url/echo ${named}).method`)).toEqual(['GET']);
  });

  test('whose address is one that is never called stay unreached, granted or not', async () => {
    const run = await openRun({ hosts: [{ host: '169.254.169.254', port: 80 }] });
    expect(await endingOf(run, 'Invoke-RestMethod http://169.254.169.254/latest')).toContain('never called');
  });

  test('are nothing to mappings', async () => {
    const server = kept(await startWebServer());
    const run = await runWith([server], { profile: 'mapping' });
    await expect(outputOf(run, 'Invoke-RestMethod $Url/scalar')).rejects.toMatchObject({ code: 'POWERSHELL_REFUSED' });
    expect(server.connections()).toBe(0);
  });

  test('are reached directly: no proxy comes from the environment', async () => {
    const [server, proxy] = [kept(await startWebServer()), kept(await startWebServer())];
    const run = await runWith([server], { environment: { http_proxy: proxy.base, HTTP_PROXY: proxy.base } });
    expect(await outputOf(run, 'Invoke-RestMethod $Url/scalar')).toEqual([42n]);
    expect(proxy.connections()).toBe(0);
  });
});

describe('TLS', () => {
  test('is verified, against the authority that the engine is given', async () => {
    const folder = await temporaryFolder();
    const authority = await makeAuthority(folder);
    const tlsOf = async (name: string, names: readonly string[]): Promise<TestServer> => {
      const { certFile, keyFile } = await authority.server(name, names);
      return kept(await startWebServer({ cert: readFileSync(certFile), key: readFileSync(keyFile) }));
    };
    const server = await tlsOf('right', ['127.0.0.1']);
    const wrongName = await tlsOf('wrong', ['other.example']);
    const plain = kept(await startWebServer());
    const trust = { ca: [await readFile(authority.caFile, 'utf8')] };
    const run = await runWith([server, wrongName, plain], { trust });
    expect(await outputOf(run, 'Invoke-RestMethod $Url/scalar -SslProtocol Tls13')).toEqual([42n]);
    const script = `$t = ConvertTo-SecureString 'tok' -AsPlainText; (Invoke-RestMethod $Url/echo -Authentication Bearer -Token $t).headers.authorization`;
    expect(await outputOf(run, script.replace('-AsPlainText', '-AsPlainText -Force'))).toEqual(['Bearer tok']);

    const inner = (url: string): string =>
      `try { Invoke-RestMethod ${url}/scalar } catch { $_.FullyQualifiedErrorId.Split(',')[0]; $_.Exception.InnerException.GetType().Name; $_.Exception.InnerException.Message }`;
    const untrusted = [
      'WebCmdletWebResponseException',
      'AuthenticationException',
      expect.stringContaining('certificate'),
    ];
    expect(await outputOf(run, inner(wrongName.base))).toEqual(untrusted);
    expect(await outputOf(await runWith([server]), inner('$Url'))).toEqual(untrusted);
    expect(await endingOf(run, 'Invoke-RestMethod $Url/scalar -SkipCertificateCheck')).toContain(
      'NamedParameterNotFound',
    );

    const down = encodeURIComponent(`${plain.base}/scalar`);
    expect(await endingOf(run, `Invoke-RestMethod "$Url/redirect?to=${down}"`)).toContain('InsecureRedirection');
    expect(plain.connections()).toBe(0);
    expect(await outputOf(run, `Invoke-RestMethod "$Url/redirect?to=${down}" -AllowInsecureRedirect`)).toEqual([42n]);
  });
});

describe('what is secret', () => {
  test('is in no error, message or problem that leaves the script', async () => {
    const secrets = ['S3CRET-token', 'S3CRET-body', 'S3CRET-query', 'S3CRET-cookie', 'S3CRET-answer'];
    const server = kept(await startWebServer());
    const run = await runWith([server]);
    const told: string[] = [];
    const onStream = (event: unknown): void => void told.push(JSON.stringify(event));
    const request = `-Method Post -Headers @{ Authorization = 'Bearer S3CRET-token'; Cookie = 'c=S3CRET-cookie' } -Body 'S3CRET-body' -Verbose -Debug`;
    for (const url of [
      '"$Url/status/500?body=S3CRET-answer&q=S3CRET-query"',
      '"http://127.0.0.1:1/?q=S3CRET-query"',
      '"$Url/redirect?to=http://other.example/%3FS3CRET-query"',
    ]) {
      await outputOf(run, `Invoke-RestMethod ${url} ${request}`, {}, { onStream }).catch((error: unknown) => {
        told.push(`${error} ${JSON.stringify(error)} ${JSON.stringify(Object(error).cause)}`);
      });
      await outputOf(run, `try { Invoke-RestMethod ${url} ${request} } catch { Write-Error $_ }`, {}, { onStream });
    }
    const wrong = "Invoke-RestMethod $Url -Headers @{ Authorization = 'S3CRET-token==' }";
    await outputOf(run, wrong, {}, { onStream }).catch((error: unknown) => void told.push(`${error}`));
    expect(told.length).toBeGreaterThan(6);
    for (const secret of secrets) expect(told.join('\n')).not.toContain(secret);
  });

  test('is there for the script itself: an answer is in the details of its error', async () => {
    const server = kept(await startWebServer());
    const script = 'try { Invoke-RestMethod "$Url/status/500?body=why" } catch { $_.ErrorDetails.Message }';
    expect(await outputOf(await runWith([server]), script)).toEqual(['why']);
  });
});

describe('a script process that is not the one that was started', () => {
  const question: WebQuestion & { type: 'web-send' } = {
    type: 'web-send',
    ...{
      method: 'GET',
      url: 'http://127.0.0.1:1/',
      headers: [],
      body: null,
      tls: [],
      closes: false,
      milliseconds: 1_000,
    },
  };

  test('is asked for the grants all the same', async () => {
    const server = kept(await startWebServer());
    const hosts = new GrantedHosts([{ host: '127.0.0.1', port: 1 }]);
    const broker = new WebBroker({ hosts, trust: undefined, clock: systemClock });
    for (const url of [server.base, `http://127.0.0.1:1@localhost:${server.port}/`, 'file:///etc/passwd', 'nothing']) {
      expect(await broker.answer({ ...question, url })).toMatchObject({ failure: { kind: 'granted' } });
    }
    expect(server.connections()).toBe(0);
  });

  test('cannot smuggle a request into another, nor ask about one that is not there', async () => {
    const hosts = new GrantedHosts([{ host: '127.0.0.1', port: 1 }]);
    const broker = new WebBroker({ hosts, trust: undefined, clock: systemClock });
    const wrong: readonly Partial<typeof question>[] = [
      { method: 'GET / HTTP/1.1\r\nX: y' },
      { method: 'CONNECT' },
      { headers: ['X', 'a\r\nY: b'] },
      { headers: ['X\r\nY', 'a'] },
      { headers: ['X'] },
    ];
    for (const part of wrong) await expect(broker.answer({ ...question, ...part })).rejects.toThrow(TypeError);
    const server = kept(await startWebServer());
    const reachable = new GrantedHosts([{ host: '127.0.0.1', port: server.port }]);
    const sender = new WebBroker({ hosts: reachable, trust: undefined, clock: systemClock });
    const body = { bytes: Buffer.from('aGET / HTTP/1.1\r\n\r\n').toString('base64') };
    for (const headers of [
      ['Transfer-Encoding', 'chunked'],
      ['Content-Length', '1'],
      ['Upgrade', 'h2c'],
    ]) {
      const smuggled = sender.answer({ ...question, method: 'POST', url: server.base, headers, body });
      await expect(smuggled).rejects.toThrow(TypeError);
    }
    await sender.end();
    await expect(broker.answer({ type: 'web-read', milliseconds: 1_000 })).rejects.toThrow(TypeError);
    await expect(broker.answer({ type: 'web-write', bytes: '', milliseconds: 1_000 })).rejects.toThrow(TypeError);
  });

  test.each([
    [{ ...question, tls: ['TLSv1'] }],
    [{ ...question, headers: [1] }],
    [{ ...question, body: {} }],
    [{ ...question, milliseconds: '1' }],
    [{ type: 'web-read' }],
    [{ type: 'web-write', bytes: 1, milliseconds: 1 }],
    [{ type: 'web-other' }],
  ])('sends what is no question: %j', (message) => {
    expect(isWebQuestion(message)).toBe(false);
    expect(isWebQuestion(question)).toBe(true);
  });
});
