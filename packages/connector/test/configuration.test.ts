import {
  type ConfigParameterDefinition,
  checkConfiguration,
  connectorRegistry,
  parseConfiguration,
} from '@joinery/connector';
import { isProblem } from '@joinery/problems';
import { describe, expect, test } from 'vitest';

const definitions: readonly ConfigParameterDefinition[] = [
  { name: 'Heading', type: 'Label', page: 'Connectivity', description: '' },
  {
    name: 'Server',
    type: 'String',
    page: 'Connectivity',
    description: 'A host name.',
    required: true,
    validation: /[a-z.]+/g,
  },
  { name: 'Password', type: 'EncryptedString', page: 'Connectivity', description: 'A secret.', required: true },
  { name: 'Mode', type: 'DropDown', page: 'Global', description: 'How.', choices: ['Fast', 'Safe'], default: 'Safe' },
  { name: 'Zone', type: 'DropDown', page: 'Global', description: 'Where.', choices: ['A'], extensible: true },
  { name: 'Verbose', type: 'CheckBox', page: 'Global', description: 'Says more.', default: '1' },
];
const secrets = (name: string): string | undefined => (name === 'Password' ? 'hunter2' : undefined);
const parse = (raw: Readonly<Record<string, unknown>>) => parseConfiguration(definitions, raw, secrets);

describe('parameters', () => {
  test('are read by name in any case, blanks give way to defaults, secrets come from the vault', () => {
    const configuration = parse({ server: 'db.example', Mode: '', Zone: 'elsewhere', Verbose: null });
    expect([configuration.text('Server'), configuration.text('mode'), configuration.text('Zone')]).toEqual([
      'db.example',
      'Safe',
      'elsewhere',
    ]);
    expect([configuration.flag('Verbose'), configuration.secret('Password')]).toEqual([true, 'hunter2']);
  });

  test.each([
    [true, true],
    [false, false],
    ['1', true],
    ['0', false],
    ['TRUE', true],
    [0, false],
  ])('take %j for a check box', (given, flag) => {
    expect(parse({ Server: 'x', Verbose: given }).flag('Verbose')).toBe(flag);
  });

  test('take numbers and booleans of YAML for text', () => {
    expect(parse({ Server: 'x', Zone: 12 }).text('Zone')).toBe('12');
  });

  const findings: readonly [Readonly<Record<string, unknown>>, string, RegExp][] = [
    [{}, 'Server', /required/],
    [{ Server: 'Not A Host' }, 'Server', /expected form/],
    [{ Server: 'x\ny' }, 'Server', /expected form/],
    [{ Server: ['x'] }, 'Server', /must be text/],
    [{ Server: 'x', Mode: 'Fats' }, 'Mode', /Fast, Safe\. Did you mean "Fast"\?/],
    [{ Server: 'x', Verbose: 'perhaps' }, 'Verbose', /true or false/],
    [{ Server: 'x', Sever: 'y' }, 'Sever', /no such parameter\. Did you mean "Server"\?/],
    [{ Server: 'x', Heading: 'y' }, 'Heading', /no such parameter/],
    [{ Server: 'x', SERVER: 'y' }, 'Server', /twice/],
    [{ Server: 'x', Password: 'in clear' }, 'Password', /vault/],
  ];
  test.each(findings)('as %j are refused, and the problem names the parameter', (raw, parameter, message) => {
    expect(checkConfiguration(definitions, raw, secrets)).toContainEqual({
      parameter,
      message: expect.stringMatching(message),
    });
    expect(() => parse(raw)).toThrow(
      expect.objectContaining({ code: 'CONNECTOR_CONFIGURATION_INVALID', place: `parameter "${parameter}"` }),
    );
  });

  test('that are wrong in many ways are told all at once, without the secret', () => {
    const raw = { Mode: 'x', Verbose: 'y', Password: 'in clear', Nobody: 1 };
    let error: unknown;
    try {
      parse(raw);
    } catch (thrown) {
      error = thrown;
    }
    if (!isProblem(error, 'CONNECTOR_CONFIGURATION_INVALID')) throw new Error('It was not refused.');
    for (const name of ['Server', 'Mode', 'Verbose', 'Password', 'Nobody']) expect(error.detail).toContain(`${name}: `);
    expect(error.message).not.toContain('in clear');
  });

  test('that require a secret miss it when none is stored', () => {
    const missing = checkConfiguration(definitions, { Server: 'x' }, () => undefined);
    expect(missing).toEqual([{ parameter: 'Password', message: expect.stringContaining('no secret is stored') }]);
  });

  test('that a connector reads must be declared', () => {
    expect(() => parse({ Server: 'x' }).text('Undeclared')).toThrow(
      expect.objectContaining({ code: 'RUNTIME_INTERNAL' }),
    );
  });
});

describe('the registry', () => {
  const kind = {
    kind: 'csv',
    description: '',
    parameters: [],
    create: () => {
      throw new Error('unused');
    },
  };

  test('finds a kind and suggests the nearest for an unknown one', () => {
    const registry = connectorRegistry([kind, { ...kind, kind: 'ldap' }]);
    expect(registry.get('csv')).toBe(kind);
    expect(() => registry.get('cvs')).toThrow(
      expect.objectContaining({
        code: 'CONNECTOR_KIND_UNKNOWN',
        detail: expect.stringMatching(/Did you mean "csv"\? Known are csv, ldap\./),
      }),
    );
  });

  test('takes each kind once', () => {
    expect(() => connectorRegistry([kind, kind])).toThrow(expect.objectContaining({ code: 'RUNTIME_INTERNAL' }));
  });
});
