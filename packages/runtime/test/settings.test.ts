import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, expectTypeOf, test } from 'vitest';
import {
  defineSettings,
  loadSettings,
  settingOptions,
  settingsHelp,
  settingsJsonSchema,
  settingsMarkdown,
} from '../src/index.ts';
import { parseSettings } from '../src/settings/file.ts';
import { expectProblem } from './expect-problem.ts';
import { temporaryFolder } from './temporary-folder.ts';

const table = defineSettings('host', [
  { name: 'port', type: 'integer', default: 8585, minimum: 0, maximum: 65_535, sentence: 'TCP port.', restart: true },
  { name: 'logLevel', type: 'choice', choices: ['debug', 'info'], default: 'info', sentence: 'Level.', restart: false },
  {
    name: 'importTimeout',
    type: 'duration',
    unit: 'seconds',
    default: 600,
    minimum: 1,
    sentence: 'Time-out.',
    restart: false,
  },
  { name: 'home', type: 'path', default: 'joinery-home', sentence: 'Folder.', restart: true },
  { name: 'names', type: 'list', default: [], sentence: 'Names.', restart: true },
  { name: 'metrics', type: 'boolean', default: false, sentence: 'Whether.', restart: true },
  {
    name: 'databaseUrl',
    type: 'string',
    default: null,
    secret: true,
    environmentAlias: 'DATABASE_URL',
    sentence: 'A|B.',
    restart: true,
  },
]);

const required = defineSettings('service', [
  { name: 'tenant', type: 'string', sentence: 'The tenant.', restart: true, recommendation: 'Its domain name.' },
]);

function fileWith(text: string): string {
  const file = join(temporaryFolder(), 'host.yaml');
  writeFileSync(file, text);
  return file;
}

describe('settings: loading', () => {
  test('the types of the loaded values follow from the table', () => {
    const settings = loadSettings(table, { env: {}, workingDirectory: '/w' });
    expectTypeOf(settings.port).toEqualTypeOf<number>();
    expectTypeOf(settings.logLevel).toEqualTypeOf<'debug' | 'info'>();
    expectTypeOf(settings.names).toEqualTypeOf<readonly string[]>();
    expectTypeOf(settings.metrics).toEqualTypeOf<boolean>();
    expectTypeOf(settings.databaseUrl).toEqualTypeOf<string | null>();
    expect(settings).toEqual({
      port: 8585,
      logLevel: 'info',
      importTimeout: 600,
      home: '/w/joinery-home',
      names: [],
      metrics: false,
      databaseUrl: null,
    });
  });

  test('command line wins over environment, environment over file, file over default', () => {
    const file = fileWith('port: 1\nlogLevel: debug\nimportTimeout: 5\n');
    const settings = loadSettings(table, {
      file,
      env: { JOINERY_HOST_PORT: '2', JOINERY_HOST_IMPORT_TIMEOUT: '6' },
      overrides: { port: '3', logLevel: undefined },
    });
    expect([settings.port, settings.importTimeout, settings.logLevel]).toEqual([3, 6, 'debug']);
  });

  test.each([
    ['90s', 90],
    ['2 min', 120],
    ['1h', 3_600],
    ['3000ms', 3],
    ['45', 45],
  ])('a duration written as %s is %d seconds', (text, seconds) => {
    expect(loadSettings(table, { env: { JOINERY_HOST_IMPORT_TIMEOUT: text } }).importTimeout).toBe(seconds);
  });

  test.each(['1500ms', '-1', '0', '1y', 'soon', '1e3', ''.padEnd(20, '9')])(
    'a duration written as %s is refused',
    async (text) => {
      const { place } = await expectProblem('RUNTIME_SETTING_INVALID', () =>
        loadSettings(table, { env: {}, overrides: { importTimeout: text } }),
      );
      expect(place).toBe('--import-timeout');
    },
  );

  test('a path in the file is relative to the file, elsewhere to the working directory', () => {
    const file = fileWith('home: data\n');
    expect(loadSettings(table, { file, env: {} }).home).toBe(join(file, '..', 'data'));
    expect(loadSettings(table, { env: { JOINERY_HOST_HOME: 'data' }, workingDirectory: '/w' }).home).toBe('/w/data');
  });

  test('a list is a YAML list, or words with commas elsewhere', () => {
    expect(loadSettings(table, { file: fileWith('names: [a, "b c"]'), env: {} }).names).toEqual(['a', 'b c']);
    expect(loadSettings(table, { env: { JOINERY_HOST_NAMES: 'a, b,' } }).names).toEqual(['a', 'b']);
  });

  test('an environment name that the field knows is read behind the derived one', () => {
    expect(loadSettings(table, { env: { DATABASE_URL: 'x' } }).databaseUrl).toBe('x');
    expect(loadSettings(table, { env: { DATABASE_URL: 'x', JOINERY_HOST_DATABASE_URL: 'y' } }).databaseUrl).toBe('y');
  });

  test('an empty environment variable counts as not set', () => {
    expect(loadSettings(table, { env: { JOINERY_HOST_PORT: '' } }).port).toBe(8585);
  });

  test('a file that may be missing is all defaults; one that a person named must exist', async () => {
    const file = join(temporaryFolder(), 'absent.yaml');
    expect(loadSettings(table, { file, fileMayBeMissing: true, env: {} }).port).toBe(8585);
    const { place } = await expectProblem('RUNTIME_SETTINGS_UNREADABLE', () => loadSettings(table, { file, env: {} }));
    expect(place).toBe(file);
  });

  test('an empty file is all defaults', () => {
    expect(loadSettings(table, { file: fileWith('# nothing yet\n'), env: {} }).port).toBe(8585);
  });
});

describe('settings: refusals name the place', () => {
  test('an unknown name in the file is refused with file, line, column and the nearest name', async () => {
    const file = fileWith('metrics: true\n\n  \nprot: 99\n');
    const found = await expectProblem('RUNTIME_SETTING_UNKNOWN', () => loadSettings(table, { file, env: {} }));
    expect(found.place).toBe(`${file}:4:1`);
    expect(found.detail).toContain('Did you mean "port"?');
  });

  test('an unknown environment name of the table is refused; those of others are left alone', async () => {
    const found = await expectProblem('RUNTIME_SETTING_UNKNOWN', () =>
      loadSettings(table, { env: { JOINERY_HOST_PROT: '1' } }),
    );
    expect(found.detail).toContain('Did you mean "JOINERY_HOST_PORT"?');
    loadSettings(table, { env: { JOINERY_SERVICE_PROT: '1', PATH: '/bin', JOINERY_FAIL_POINT: 'x' } });
  });

  test('an unknown override is refused', async () => {
    const found = await expectProblem('RUNTIME_SETTING_UNKNOWN', () =>
      loadSettings(table, { env: {}, overrides: { logLvel: 'info' } }),
    );
    expect(found.place).toBe('--log-lvel');
  });

  test('a wrong value is refused at its own line and column', async () => {
    const file = fileWith('port: 8585\nlogLevel:   loud\n');
    const found = await expectProblem('RUNTIME_SETTING_INVALID', () => loadSettings(table, { file, env: {} }));
    expect(found.place).toBe(`${file}:2:13`);
    expect(found.detail).toBe('The setting "logLevel" takes one of debug, info, not "loud".');
  });

  test.each([
    'port: 65536',
    'port: 1.5',
    'port: yes',
    'port: {a: 1}',
    'port: ~',
    'metrics: &a true\nport: *a',
    'metrics: 1',
    'names: {}',
    'names: [[a]]',
    'home: ""',
  ])('%s is refused', async (line) => {
    await expectProblem('RUNTIME_SETTING_INVALID', () => loadSettings(table, { file: fileWith(line), env: {} }));
  });

  test('the value of a secret is never quoted', async () => {
    const found = await expectProblem('RUNTIME_SETTING_INVALID', () =>
      loadSettings(table, { file: fileWith('databaseUrl: [hunter2]'), env: {} }),
    );
    expect(`${found.message}${found.fix}`).not.toContain('hunter2');
  });

  test('a required setting says where it can be set', async () => {
    const found = await expectProblem('RUNTIME_SETTING_MISSING', () => loadSettings(required, { env: {} }));
    expect(found.fix).toContain('JOINERY_SERVICE_TENANT');
  });

  test('the same name twice, a tab and a list at the top are refused with their place', async () => {
    for (const [text, place] of [
      ['port: 1\nport: 2\n', ':2:1'],
      ['port:\n\t- 1\n', ':2:1'],
      ['- port\n', ':1:1'],
    ] as const) {
      const found = await expectProblem('RUNTIME_SETTINGS_UNREADABLE', () => parseSettings(text, 'f'));
      expect(found.place).toBe(`f${place}`);
    }
  });

  test('a file that is not UTF-8 is refused', async () => {
    const file = join(temporaryFolder(), 'host.yaml');
    writeFileSync(file, Buffer.from([0x61, 0x3a, 0xff, 0xfe]));
    await expectProblem('RUNTIME_SETTINGS_UNREADABLE', () => loadSettings(table, { file, env: {} }));
  });

  test('a file of a newer version is refused, of this version is read', async () => {
    await expectProblem('RUNTIME_SETTINGS_NEWER', () =>
      loadSettings(table, { file: fileWith('version: 2\n'), env: {} }),
    );
    await expectProblem('RUNTIME_SETTING_INVALID', () =>
      loadSettings(table, { file: fileWith('version: one\n'), env: {} }),
    );
    expect(loadSettings(table, { file: fileWith('version: 1\nport: 5\n'), env: {} }).port).toBe(5);
  });

  test('a folder instead of a file is refused', async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o700);
    await expectProblem('RUNTIME_SETTINGS_UNREADABLE', () => loadSettings(table, { file: folder, env: {} }));
  });

  test('whatever a file holds, it is read or refused as a problem', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 60 }),
          fc.stringMatching(/^[a-z :\-[\]{}&*!|>'"%@\n\t,?#]{0,60}$/),
        ),
        (text) => {
          try {
            parseSettings(text, 'f');
          } catch (error) {
            expect(error).toMatchObject({ code: 'RUNTIME_SETTINGS_UNREADABLE' });
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('settings: what is printed from the table', () => {
  test('help has one aligned line per option and none for secrets', () => {
    const lines = settingsHelp(table);
    expect(lines[0]).toBe('  --port <integer>             TCP port. (default 8585; JOINERY_HOST_PORT)');
    expect(lines).toHaveLength(6);
    expect(lines.join('\n')).not.toContain('database-url');
    expect(settingOptions(table).map(({ name }) => name)).toContain('logLevel');
  });

  test('the JSON Schema lists exactly the settings and the version', () => {
    expect(settingsJsonSchema(table)).toMatchObject({
      additionalProperties: false,
      properties: {
        port: { type: 'integer', minimum: 0, maximum: 65_535, default: 8585 },
        logLevel: { enum: ['debug', 'info'] },
        databaseUrl: { type: ['string', 'null'], writeOnly: true },
      },
    });
    const { properties } = settingsJsonSchema(table);
    expect(Object.keys(Object(properties))).toEqual(['version', ...table.definitions.map(({ name }) => name)]);
  });

  test('the docs page has a row per setting and escapes what would break the table', () => {
    const page = settingsMarkdown(table);
    expect(page).toContain(
      '| `databaseUrl` | text | not set | `JOINERY_HOST_DATABASE_URL` or `DATABASE_URL` | A\\|B. Secret:',
    );
    expect(settingsMarkdown(required)).toContain('The tenant. Its domain name. Takes effect at the next start.');
  });
});
