import { isAbsolute, resolve } from 'node:path';
import { type Configuration, canonicalDn } from '@joinery/connector';
import type { Findings } from './findings.ts';
import { lines } from './line-parameters.ts';

/** Reads parameters of one configuration; what cannot be read becomes a finding and a value that nobody gets to see. */
export interface ParameterReader {
  readonly configuration: Configuration;
  readonly findings: Findings;
  number(name: string, least: number, most: number): number;
  /** An absolute path; undefined when blank. */
  file(name: string): string | undefined;
  /** @param parse returns a sentence for what it cannot read */
  parsed<T extends object>(name: string, parse: (text: string) => T | string, otherwise: T): T;
  /** In its one spelling; empty when blank. */
  distinguishedName(name: string): string;
  /** One a line. */
  distinguishedNames(name: string): readonly string[];
}

/** @param folder where relative paths of files start */
export function parameterReader(configuration: Configuration, folder: string, findings: Findings): ParameterReader {
  const readDn = (parameter: string, text: string): string => {
    const dn = canonicalDn(text);
    if (dn !== undefined && dn !== '') return dn;
    findings.add(parameter, `"${text}" is not a distinguished name, e.g. ou=People,dc=contoso,dc=lab.`);
    return text;
  };
  return {
    configuration,
    findings,
    number(name, least, most) {
      const value = Number(configuration.text(name));
      if (value < least || value > most) findings.add(name, `It must be a number from ${least} to ${most}.`);
      return value;
    },
    file(name) {
      const path = configuration.text(name);
      if (path === '') return undefined;
      return isAbsolute(path) ? path : resolve(folder, path);
    },
    parsed(name, parse, otherwise) {
      const value = parse(configuration.text(name));
      if (typeof value !== 'string') return value;
      findings.add(name, value);
      return otherwise;
    },
    distinguishedName(name) {
      const text = configuration.text(name).trim();
      return text === '' ? '' : readDn(name, text);
    },
    distinguishedNames: (name) => lines(configuration.text(name)).map((line) => readDn(name, line)),
  };
}
