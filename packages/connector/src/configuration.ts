import { problem } from '@joinery/problems';
import { suggestion } from '@joinery/runtime';
import { byName, nameKey } from './name.ts';
import { type ConfigParameterDefinition, holdsValue } from './parameters.ts';

/** A connector's parameters after validation: by name, secrets resolved. Built by {@link parseConfiguration} only. */
export interface Configuration {
  /** The text of a parameter; its default, or an empty string, when the administrator left it blank. */
  text(name: string): string;
  /** The state of a check box. */
  flag(name: string): boolean;
  /** The clear text of an encrypted parameter, or undefined when none is stored. Never log it. */
  secret(name: string): string | undefined;
}

/** One thing wrong with a configuration. Never holds the value of an encrypted parameter. */
export interface ConfigurationFinding {
  readonly parameter: string;
  /** A sentence for the administrator. */
  readonly message: string;
}

/** Where clear texts of encrypted parameters come from: the host's vault. */
export type SecretLookup = (parameter: string) => string | undefined;

/**
 * Checks the parameters of a connector against their definitions.
 * @param raw what stands in the configuration file, by parameter name; names are compared without regard to case
 * @returns the configuration
 * @throws CONNECTOR_CONFIGURATION_INVALID with every finding in one sentence list
 */
export function parseConfiguration(
  definitions: readonly ConfigParameterDefinition[],
  raw: Readonly<Record<string, unknown>>,
  secrets: SecretLookup,
): Configuration {
  const { values, findings } = read(definitions, raw, secrets);
  if (findings.length > 0) {
    const [first] = findings;
    throw problem(
      'CONNECTOR_CONFIGURATION_INVALID',
      findings.map((finding) => `${finding.parameter}: ${finding.message}`).join(' '),
      findings.length === 1 && first !== undefined ? { place: `parameter "${first.parameter}"` } : {},
    );
  }
  return {
    text: (name) => values.get(declared(definitions, name)) ?? '',
    flag: (name) => values.get(declared(definitions, name)) === '1',
    secret: (name) => secrets(declared(definitions, name)),
  };
}

/** The findings of {@link parseConfiguration} as data, for forms that mark each field; empty when all is well. */
export function checkConfiguration(
  definitions: readonly ConfigParameterDefinition[],
  raw: Readonly<Record<string, unknown>>,
  secrets: SecretLookup,
): readonly ConfigurationFinding[] {
  return read(definitions, raw, secrets).findings;
}

interface Reading {
  /** Text form of every plain parameter by declared name; check boxes as `0` and `1`. */
  readonly values: ReadonlyMap<string, string>;
  readonly findings: readonly ConfigurationFinding[];
}

function read(
  definitions: readonly ConfigParameterDefinition[],
  raw: Readonly<Record<string, unknown>>,
  secrets: SecretLookup,
): Reading {
  const findings: ConfigurationFinding[] = [];
  const values = new Map<string, string>();
  const given = new Map<string, unknown>();
  const valued = definitions.filter(holdsValue);

  for (const [name, value] of Object.entries(raw)) {
    const definition = byName(valued, name);
    if (definition === undefined) {
      const names = valued.map((known) => known.name);
      findings.push({ parameter: name, message: `There is no such parameter.${suggestion(name, names)}` });
    } else if (given.has(definition.name)) {
      findings.push({ parameter: definition.name, message: 'It is given twice, in different upper and lower case.' });
    } else {
      given.set(definition.name, value);
    }
  }

  for (const definition of valued) {
    const { name } = definition;
    const text = textOf(definition, given.get(name));
    if (typeof text !== 'string') {
      findings.push({ parameter: name, message: text.message });
      continue;
    }
    if (definition.type === 'EncryptedString') {
      if (text !== '')
        findings.push({ parameter: name, message: 'It is a secret and belongs in the vault, not here.' });
      else if (definition.required === true && (secrets(name) ?? '') === '') {
        findings.push({ parameter: name, message: 'It is required and no secret is stored for it.' });
      }
      continue;
    }
    // Blank counts as not given (ECMA sheet 2.5: exported configurations list every parameter, most of them blank).
    const value = text === '' ? (definition.default ?? '') : text;
    const message = fault(definition, value);
    if (message === undefined) values.set(name, value);
    else findings.push({ parameter: name, message });
  }
  return { values, findings };
}

/** The text form of what a file holds for a parameter. YAML hands numbers and booleans for unquoted text. */
function textOf(definition: ConfigParameterDefinition, value: unknown): string | { readonly message: string } {
  if (value === undefined || value === null) return '';
  if (definition.type === 'CheckBox') {
    const key = typeof value === 'string' || typeof value === 'number' ? String(value).toLowerCase() : value;
    if (key === '') return '';
    if (key === true || key === 'true' || key === '1') return '1';
    if (key === false || key === 'false' || key === '0') return '0';
    return { message: 'It is a check box: write true or false.' };
  }
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  return { message: 'It must be text, not a list or a structure.' };
}

function fault(definition: ConfigParameterDefinition, value: string): string | undefined {
  if (value === '') return definition.required === true ? 'It is required.' : undefined;
  if (definition.type === 'DropDown' && definition.extensible !== true) {
    const choices = definition.choices ?? [];
    if (!choices.includes(value)) {
      return `"${value}" is not one of ${choices.join(', ')}.${suggestion(value, choices)}`;
    }
  }
  if (definition.validation !== undefined) {
    // A fresh expression: `g` and `y` would carry state from one configuration to the next.
    const whole = new RegExp(`^(?:${definition.validation.source})$`, definition.validation.flags.replace(/[gy]/g, ''));
    if (!whole.test(value)) return `"${value}" does not have the expected form. ${definition.description}`;
  }
  return undefined;
}

function declared(definitions: readonly ConfigParameterDefinition[], name: string): string {
  const definition = definitions.find((candidate) => nameKey(candidate.name) === nameKey(name));
  if (definition === undefined) {
    throw problem('RUNTIME_INTERNAL', `A connector asks for the parameter "${name}", which it does not declare.`);
  }
  return definition.name;
}
