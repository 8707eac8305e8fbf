import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLogger, type Logger, type LogLevel, ManualClock, Redactor, redacted } from '../src/index.ts';

function collect(level: LogLevel = 'debug'): {
  logger: Logger;
  lines: () => Record<string, unknown>[];
  redactor: Redactor;
  text: () => string;
} {
  let text = '';
  const redactor = new Redactor();
  const logger = createLogger({
    stream: {
      write: (line: string) => {
        text += line;
      },
    },
    level,
    clock: new ManualClock(Date.UTC(2026, 0, 2, 3, 4, 5)),
    redactor,
    fields: { room: 'host' },
  });
  return {
    logger,
    redactor,
    text: () => text,
    lines: () =>
      text
        .trimEnd()
        .split('\n')
        .map((line) => Object(JSON.parse(line))),
  };
}

describe('the logger', () => {
  test('writes one JSON object a line, with the time of the clock', () => {
    const { logger, lines } = collect();
    logger.info({ users: 3 }, 'cycle ended');
    logger.child({ connector: 'CSV' }).warn({}, 'slow\nvery');
    expect(lines()).toEqual([
      { level: 'info', time: '2026-01-02T03:04:05.000Z', room: 'host', users: 3, msg: 'cycle ended' },
      { level: 'warn', time: '2026-01-02T03:04:05.000Z', room: 'host', connector: 'CSV', msg: 'slow\nvery' },
    ]);
  });

  test('drops what is below its level', () => {
    const { logger, lines } = collect('warn');
    logger.debug({}, 'a');
    logger.info({}, 'b');
    logger.error({}, 'c');
    expect(lines().map(({ msg }) => msg)).toEqual(['c']);
  });

  test('a field cannot forge the time, the level or the message', () => {
    const { logger, text, lines } = collect();
    logger.info({ msg: 'x', time: 'y', level: 'z' }, 'real');
    expect(text().match(/"msg":/g)).toHaveLength(1);
    expect(lines()[0]).toMatchObject({ msg: 'real', level: 'info', msg_: 'x', time_: 'y', level_: 'z' });
  });
});

describe('redaction', () => {
  test.each([
    'password',
    'Password (auxiliary)',
    'export_password',
    'clientSecret',
    'SecretToken',
    'Authorization',
    'set-cookie',
    'api_key',
    'privateKey',
    'client_assertion',
  ])('the field %s is hidden at any depth', (name) => {
    const { logger, text } = collect();
    logger.info({ a: [{ b: { [name]: 'geheim99' } }], [name]: { nested: 'geheim99' } }, 'm');
    expect(text()).not.toContain('geheim99');
    expect(text()).toContain(redacted);
  });

  test('whether a password was pending may be said', () => {
    const { logger, lines } = collect();
    logger.info({ passwordPending: true, password: null }, 'm');
    expect(lines()[0]).toMatchObject({ passwordPending: true, password: null });
  });

  test('a registered value is hidden in messages, names, errors, stacks and causes, plain or encoded', () => {
    const { logger, redactor, text } = collect();
    const secret = 'pä ss/word+1';
    redactor.register(secret);
    const error = new Error(`bind with ${secret}`, { cause: new Error(`at ldap://x?${encodeURIComponent(secret)}`) });
    logger.error({ error, [`x ${secret}`]: 1, list: [Buffer.from(secret).toString('base64')] }, `failed: ${secret}`);
    for (const form of [
      secret,
      encodeURIComponent(secret),
      Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    ]) {
      expect(text()).not.toContain(form);
    }
  });

  test.each([
    ['JSON', 'Gr\\"ün\\\\<&>\\u0007/\'!'],
    ['JSON in ASCII', 'Gr\\"\\u00fcn\\\\<&>\\u0007/\'!'],
    ['JSON for HTML', 'Gr\\"\\u00FCn\\\\\\u003C\\u0026\\u003E\\u0007/\\u0027!'],
    ['JSON of .NET', 'Gr\\u0022\\u00FCn\\\\\\u003C\\u0026\\u003E\\u0007/\\u0027!'],
    ['JSON with slashes', 'Gr\\"ün\\\\<&>\\u0007\\/\'!'],
    ['XML text', 'Gr"ün\\&lt;&amp;&gt;\u0007/\'!'],
    ['an XML attribute', 'Gr&quot;ün\\&lt;&amp;&gt;\u0007/&#39;!'],
    ['SQL', "Gr\"ün\\<&>\u0007/''!"],
    ['CSV', 'Gr""ün\\<&>\u0007/\'!'],
  ])('a registered value is hidden as %s escapes it', (_, form) => {
    const redactor = new Redactor();
    redactor.register('Gr"ün\\<&>\u0007/\'!');
    expect(redactor.text(`refused: ${form} is too short`)).toBe(`refused: ${redacted} is too short`);
  });

  test('a registered value is shown again once it is forgotten as often as it was registered', () => {
    const redactor = new Redactor();
    const forget = redactor.register('geheim');
    const forgetToo = redactor.register('geheim');
    forget();
    forget();
    expect(redactor.text('geheim')).toBe(redacted);
    forgetToo();
    expect(redactor.text('geheim')).toBe('geheim');
  });

  test('credentials in headers and URLs are hidden by their form', () => {
    const redactor = new Redactor();
    expect(redactor.text('Authorization: Bearer abc:;<=>?@`def')).toBe(`Authorization: Bearer ${redacted}`);
    expect(redactor.text('postgres://joe:p4ss@db/x and https://a/b')).toBe(
      `postgres://${redacted}@db/x and https://a/b`,
    );
    expect(redactor.value({ url: new URL('https://u:p@h/') })).toEqual({ url: `https://${redacted}@h/` });
  });

  test('circles, depth, long lists, long texts and odd values are bounded', () => {
    const redactor = new Redactor();
    const circle: Record<string, unknown> = {
      when: new Date(0),
      big: 2n ** 70n,
      bytes: new Uint8Array(3),
      call: () => 1,
    };
    circle.self = circle;
    expect(redactor.value(circle)).toEqual({
      when: '1970-01-01T00:00:00.000Z',
      big: '1180591620717411303424',
      bytes: '[3 bytes]',
      call: undefined,
      self: '[circular]',
    });
    expect(redactor.value(Array.from({ length: 150 }, () => 0))).toHaveLength(101);
    expect(redactor.text('x'.repeat(20_000)).length).toBeLessThan(17_000);
    let deep: unknown = 'bottom';
    for (let level = 0; level < 20; level++) deep = { deep };
    expect(JSON.stringify(redactor.value(deep))).not.toContain('bottom');
  });

  test('no registered value survives in any text around it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', minLength: 4, maxLength: 20 }),
        fc.string(),
        fc.string(),
        (secret, before, after) => {
          // What is left must not contain the secret unless the marker itself does.
          fc.pre(!redacted.includes(secret));
          const redactor = new Redactor();
          redactor.register(secret);
          const parts = redactor.text(`${before}${secret}${after}`).split(redacted);
          for (const part of parts) expect(part).not.toContain(secret);
        },
      ),
    );
  });
});
