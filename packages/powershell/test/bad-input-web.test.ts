import { once } from 'node:events';
import { statSync } from 'node:fs';
import { realpath, writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../testing/folder.ts';
import type { EngineOptions, RunLimits } from '../src/index.ts';
import { outputOf } from './open-engine.ts';
import { endingOf, head, kept, runWith, saying } from './web/serving.ts';
import { startRawServer, startWebServer, type TestServer } from './web/web-server.ts';

describe('a server that answers something else than HTTP', () => {
  const invalid = /^WebCmdletWebResponseException\|HttpRequestException\|/;
  test.each([
    ['a greeting', 'SSH-2.0-x\r\n', invalid],
    ['an invalid status line', 'HTTP/1.1 abc\r\n\r\n', invalid],
    ['a header without a colon', 'HTTP/1.1 200 OK\r\nno colon\r\n\r\n', invalid],
    ['a length that is none', 'HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n', invalid],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc', invalid],
    [
      'a length and pieces',
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      invalid,
    ],
    ['nothing', '', /An error occurred while sending the request/],
    [
      'less than it says',
      `${head}Content-Length: 100\r\n\r\nhalf`,
      /^System.Net.Http.HttpIOException\|HttpIOException\|The response ended prematurely/,
    ],
    [
      'a piece and no end',
      `${head}Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n`,
      /HttpIOException\|The response ended prematurely/,
    ],
    ['pieces without a length', `${head}Transfer-Encoding: chunked\r\n\r\nzz\r\nabcde\r\n`, /HttpIOException/],
    [
      'headers without an end',
      `${head}X: ${'a'.repeat(100_000)}\r\n\r\n`,
      /length exceeded the set limit of 65536 bytes/,
    ],
    [
      'what is no gzip',
      `${head}Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd`,
      /^System.IO.InvalidDataException\|InvalidDataException/,
    ],
  ])('%s', async (_, answer, expected) => {
    const run = await runWith([await saying(answer)]);
    expect(await endingOf(run, 'Invoke-RestMethod $Url')).toMatch(expected);
    // The run goes on.
    expect(await outputOf(run, "'on'")).toEqual(['on']);
  });

  test('more than it says, or a type that it is not, is no matter', async () => {
    const long = await saying(`${head}Content-Length: 2\r\n\r\nlonger`);
    expect(await outputOf(await runWith([long]), 'Invoke-RestMethod $Url')).toEqual(['lo']);
    const odd = await saying('HTTP/1.1 200 OK\r\nContent-Type: ;;;\r\nContent-Length: 3\r\n\r\nabc');
    expect(
      await outputOf(await runWith([odd]), 'Invoke-RestMethod $Url; (Invoke-WebRequest $Url).Content.Length'),
    ).toEqual(['abc', 3]);
    const lie = await saying('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\nnot json!');
    expect(await outputOf(await runWith([lie]), 'Invoke-RestMethod $Url')).toEqual(['not json!']);
  });

  test('headers that never end are given up', async () => {
    const endless = kept(
      await startRawServer((socket) => {
        socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\n'));
        const more = (): void => {
          while (!socket.destroyed && socket.write('X-Header: value\r\n'));
        };
        socket.on('drain', more).once('data', more);
      }),
    );
    expect(await endingOf(await runWith([endless]), 'Invoke-RestMethod $Url')).toContain('headers length exceeded');
  });
});

describe('a server that stalls', () => {
  async function stalling(sent: string): Promise<TestServer> {
    return kept(await startRawServer((socket) => void socket.once('data', () => socket.write(sent))));
  }
  const half = `${head}Content-Length: 10\r\n\r\nhalf`;

  test('before its headers, or in its body, is given up when the script says so', async () => {
    const run = await runWith([await stalling('')]);
    expect(await endingOf(run, 'Invoke-RestMethod $Url -TimeoutSec 1')).toBe(
      'ConnectionTimeoutReached|TaskCanceledException|The request was canceled due to the configured HttpClient.Timeout of 1 seconds elapsing.',
    );
    const inBody = await runWith([await stalling(half)]);
    expect(await endingOf(inBody, 'Invoke-WebRequest $Url -OperationTimeoutSeconds 1')).toBe(
      'OperationTimeoutReached|TimeoutException|The request was canceled due to the configured OperationTimeout of 1 seconds elapsing',
    );
  });

  test.each([
    ['before its headers', ''],
    ['in its body', half],
  ])('%s is given up when the time of the run is over, and finally blocks run', async (_, sent) => {
    const folder = await realpath(await temporaryFolder());
    const server = await stalling(sent);
    const run = await runWith([server], { limits: { milliseconds: 500 }, roots: [{ path: folder, access: 'write' }] });
    const script = "try { Invoke-RestMethod $Url } catch { 'caught' } finally { 'f' | Set-Content finally }";
    await expect(outputOf(run, script)).rejects.toMatchObject({ code: 'POWERSHELL_TIME_LIMIT' });
    expect(statSync(join(folder, 'finally')).size).toBe(2);
    await expect.poll(() => server.connections()).toBe(0);
  });

  test('is left when the run is cancelled', async () => {
    const arrived = Promise.withResolvers<void>();
    const server = kept(await startRawServer((socket) => void socket.once('data', () => arrived.resolve())));
    const run = await runWith([server]);
    const stop = new AbortController();
    const reading = expect(outputOf(run, 'Invoke-RestMethod $Url', {}, { signal: stop.signal })).rejects.toThrow(
      'enough',
    );
    await arrived.promise;
    stop.abort(new Error('enough'));
    await reading;
    await expect.poll(() => server.connections()).toBe(0);
  });

  test('is left when nobody reads the output any more', async () => {
    const server = await stalling(half);
    const run = await runWith([server]);
    for await (const value of run.invoke("'first'; 'x' * 100000; Invoke-RestMethod $Url")) if (value === 'first') break;
    await expect.poll(() => server.connections()).toBe(0);
  });
});

test('the time that a reader takes does not count for a request that waits behind it', async () => {
  const server = kept(await startWebServer());
  const run = await runWith([server], { limits: { milliseconds: 1_500 } });
  const values = run.invoke("'first'; Invoke-RestMethod $Url/scalar; 'last'");
  expect((await values.next()).value).toBe('first');
  // The script waits for the answer of its request meanwhile: longer than it may run.
  const until = performance.now() + 2_000;
  await expect.poll(() => performance.now() > until, { timeout: 5_000 }).toBe(true);
  expect((await values.next()).value).toBe(42n);
  expect((await values.next()).value).toBe('last');
});

describe('redirects', () => {
  test('in circles end, after fifty or as many as the script says', async () => {
    let visits = 0;
    const server = kept(
      await startRawServer((socket) => {
        socket.on('data', () => {
          visits++;
          socket.write('HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n');
        });
      }),
    );
    const run = await runWith([server]);
    expect(await endingOf(run, 'Invoke-RestMethod $Url')).toContain('302 (Found)');
    expect(visits).toBe(51);
    expect(await endingOf(run, 'Invoke-RestMethod $Url -MaximumRedirection 3 -AllowInsecureRedirect')).toContain(
      '302 (Found)',
    );
    expect(visits).toBe(55);
  });

  test('take no credential along', async () => {
    const server = kept(await startWebServer());
    const run = await runWith([server]);
    const script = `(Invoke-RestMethod $Url/redirect -Headers @{ Authorization = 'Bearer abc' }).headers.psobject.Properties.Name -contains 'authorization'`;
    expect(await outputOf(run, script)).toEqual([false]);
  });
});

describe('an answer of 100 MB', () => {
  const size = 100_000_000;
  const piece = Buffer.alloc(1_000_000, 'x');
  async function large(): Promise<TestServer> {
    return kept(
      await startRawServer((socket: Socket) => {
        socket.once('data', async () => {
          socket.write(`${head}Connection: close\r\nContent-Length: ${size}\r\n\r\n`);
          for (let sent = 0; sent < size && !socket.destroyed; sent += piece.length) {
            if (!socket.write(piece)) await once(socket, 'drain').catch(() => {});
          }
          socket.end();
        });
      }),
    );
  }

  test('is a text where a value may be as large, and ends the run where not', async () => {
    const server = await large();
    expect(await outputOf(await runWith([server]), '(Invoke-RestMethod $Url).Length')).toEqual([size]);
    const limited: Partial<RunLimits> = { valueBytes: 10_000_000 };
    const run = await runWith([server], { limits: limited });
    await expect(outputOf(run, '(Invoke-RestMethod $Url).Length')).rejects.toMatchObject({
      code: 'POWERSHELL_MEMORY_LIMIT',
    });
  });

  test('goes to a file in little memory, on neither side much of it at once', async () => {
    const folder = await realpath(await temporaryFolder());
    const options: EngineOptions = { limits: { valueBytes: 10_000_000 }, roots: [{ path: folder, access: 'write' }] };
    const run = await runWith([await large()], options);
    const before = process.memoryUsage().rss;
    await outputOf(run, 'Invoke-WebRequest $Url -OutFile large');
    expect(statSync(join(folder, 'large')).size).toBe(size);
    expect(process.memoryUsage().rss - before).toBeLessThan(80 * 2 ** 20);
    await expect(
      outputOf(run, 'Invoke-WebRequest $Url -OutFile large', {}, { limits: { outputBytes: 1_000_000 } }),
    ).rejects.toMatchObject({
      code: 'POWERSHELL_OUTPUT_LIMIT',
    });
  });

  test('goes out of a file as it is read', async () => {
    const folder = await realpath(await temporaryFolder());
    let received = 0;
    const server = kept(
      await startRawServer((socket) => {
        socket.on('data', (bytes) => {
          received += bytes.length;
          if (received > 30_000_000) socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
        });
      }),
    );
    const options: EngineOptions = { limits: { valueBytes: 10_000_000 }, roots: [{ path: folder, access: 'write' }] };
    const run = await runWith([server], options);
    await writeFile(join(folder, 'large'), Buffer.alloc(30_000_001));
    expect(await outputOf(run, 'Invoke-RestMethod $Url -Method Put -InFile large')).toEqual(['ok']);
  });
});

describe('an answer that unpacks without end', () => {
  const zeros = Buffer.alloc(200_000_000);
  test.each([
    ['gzip', gzipSync(zeros, { level: 9 })],
    ['br', brotliCompressSync(zeros, { params: { 1: 5 } })],
  ])('as %s ends the run at the size of a value', async (encoding, packed) => {
    expect(packed.length).toBeLessThan(1_000_000);
    const server = await saying(
      `${head}Content-Encoding: ${encoding}\r\nContent-Length: ${packed.length}\r\n\r\n`,
      packed,
    );
    const before = process.memoryUsage().rss;
    const run = await runWith([server], { limits: { valueBytes: 20_000_000 } });
    await expect(outputOf(run, 'Invoke-RestMethod $Url')).rejects.toMatchObject({ code: 'POWERSHELL_MEMORY_LIMIT' });
    expect(process.memoryUsage().rss - before).toBeLessThan(120 * 2 ** 20);
  });
});

describe('a page that is long to search', () => {
  test.each([
    ['links without an end', '<a x>'],
    ['links that do not close', '<a '],
    ['attributes', '<a x="y" '],
    ['blanks', '<img               '],
    ['inputs', '<input <a <img '],
  ])('of %s is searched in little time', async (_, part) => {
    const page = part.repeat(Math.ceil(2_000_000 / part.length));
    const server = await saying(
      `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\nContent-Length: ${page.length}\r\n\r\n`,
      page,
    );
    const run = await runWith([server], { limits: { milliseconds: 10_000 } });
    const output = await outputOf(
      run,
      '$r = Invoke-WebRequest $Url; $r.Links.Count + $r.Images.Count + $r.InputFields.Count -ge 0',
    );
    expect(output).toEqual([true]);
  });
});
