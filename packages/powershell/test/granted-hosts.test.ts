import { describe, expect, test } from 'vitest';
import { createWorld } from '../src/world/world.ts';
import { openEngine } from './open-engine.ts';

function granted(host: string, port: number, ...grants: readonly [string, number][]): boolean {
  const hosts = grants.map(([name, at]) => ({ host: name, port: at }));
  return createWorld({ grants: [], hosts }).hosts.isGranted(host, port);
}

test('nothing is granted where nothing was said', () => {
  const { hosts } = createWorld({ grants: [] });
  for (const host of ['localhost', '127.0.0.1', '::1', 'example.com', ''])
    expect(hosts.isGranted(host, 443)).toBe(false);
});

describe('a granted host', () => {
  test.each([
    ['Example.COM', 'example.com'],
    ['example.com.', 'example.com'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['ｅxample.com', 'example.com'],
    ['127.0.0.1', '127.0.0.1'],
    ['2130706433', '127.0.0.1'],
    ['0x7f.1', '127.0.0.1'],
    ['[::1]', '::1'],
    ['0:0:0:0:0:0:0:1', '[::1]'],
  ])('%s is the same as %s', (asked, grant) => {
    expect(granted(asked, 443, [grant, 443])).toBe(true);
    expect(granted(grant, 443, [asked, 443])).toBe(true);
  });

  test('is granted at its port only', () => {
    expect(granted('example.com', 80, ['example.com', 443])).toBe(false);
    expect(granted('example.com', 80, ['example.com', 443], ['example.com', 80])).toBe(true);
  });
});

describe('what is another host is not granted', () => {
  test.each([
    ['a.example.com', 'example.com'],
    ['example.com', 'a.example.com'],
    ['example.com.evil.example', 'example.com'],
    ['evilexample.com', 'example.com'],
    ['example.com@evil.example', 'example.com'],
    ['evil.example#example.com', 'example.com'],
    ['evil.example/example.com', 'example.com'],
    ['example.com:443@evil.example', 'example.com'],
    ['example.com\0.evil.example', 'example.com'],
    ['example.com evil.example', 'example.com'],
    ['exa%6dple.com', 'example.com'],
    ['localhost', '127.0.0.1'],
    ['::ffff:127.0.0.1', '127.0.0.1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['', ''],
    ['.', '.'],
    ['example.com', '*'],
    ['example.com', '*.com'],
    ['__proto__', 'constructor'],
  ])('%j with %j', (asked, grant) => {
    expect(granted(asked, 443, [grant, 443])).toBe(false);
  });

  test.each([[0], [-1], [65_536], [443.5], [Number.NaN], [Number.POSITIVE_INFINITY]])('port %d', (port) => {
    expect(granted('example.com', port, ['example.com', port])).toBe(false);
  });
});

test('an engine refuses a grant that names no host', async () => {
  for (const [host, port] of [
    ['*', 443],
    ['http://example.com', 443],
    ['', 443],
    ['example.com', 0],
  ] as const) {
    await expect(openEngine({ hosts: [{ host, port }] })).rejects.toMatchObject({ code: 'POWERSHELL_HOST_INVALID' });
  }
  await openEngine({ hosts: [{ host: 'example.com', port: 443 }] });
});
