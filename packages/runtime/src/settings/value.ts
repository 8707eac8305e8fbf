import { isAbsolute, resolve } from 'node:path';
import type { DurationUnit, SettingDefinition } from './definition.ts';

export type RawValue = string | number | boolean | null | readonly RawValue[];
export type LoadedValue = string | number | boolean | readonly string[] | null;

/** A value that the setting takes, or the words for what it takes instead (`a whole number from 1 to 65535`). */
export type ReadResult = { readonly value: LoadedValue } | { readonly expected: string };

/**
 * Reads one written value as the setting's type.
 * @param raw what YAML, the environment (always text) or the caller gave
 * @param folder what relative paths are relative to
 */
export function readValue(definition: SettingDefinition, raw: RawValue, folder: string): ReadResult {
  const expected = { expected: describeType(definition) };
  if (raw === null) return definition.default === null ? { value: null } : expected;
  switch (definition.type) {
    case 'string':
      return typeof raw === 'string' && !raw.includes('\0') ? { value: raw } : expected;
    case 'path':
      if (typeof raw !== 'string' || raw === '' || raw.includes('\0')) return expected;
      return { value: isAbsolute(raw) ? raw : resolve(folder, raw) };
    case 'choice':
      return typeof raw === 'string' && definition.choices.includes(raw) ? { value: raw } : expected;
    case 'boolean':
      if (typeof raw === 'boolean') return { value: raw };
      return raw === 'true' || raw === 'false' ? { value: raw === 'true' } : expected;
    case 'integer': {
      const number = typeof raw === 'string' && /^-?[0-9]{1,16}$/.test(raw) ? Number(raw) : raw;
      return inRange(definition, number) ? { value: number } : expected;
    }
    case 'duration': {
      const number = readDuration(raw, definition.unit);
      return inRange({ minimum: 0, ...definition }, number) ? { value: number } : expected;
    }
    case 'list':
      return readList(raw) ?? expected;
  }
}

/** The words for what a setting takes, without an article where it is a list of words. */
export function describeType(definition: SettingDefinition): string {
  switch (definition.type) {
    case 'string':
      return 'text';
    case 'path':
      return 'a path';
    case 'boolean':
      return 'true or false';
    case 'choice':
      return `one of ${definition.choices.join(', ')}`;
    case 'integer':
      return `a whole number${definition.unit === undefined ? '' : ` of ${definition.unit}`}${range(definition)}`;
    case 'duration':
      return `a whole number of ${definition.unit}${range(definition)}; or one with its unit, such as 90s, 5min, 2h`;
    case 'list':
      return 'a list of words';
  }
}

function readList(raw: RawValue): ReadResult | undefined {
  const items: readonly RawValue[] =
    typeof raw === 'string' ? raw.split(',').map((item) => item.trim()) : Array.isArray(raw) ? raw : [null];
  const list: string[] = [];
  for (const item of items) {
    if (typeof item !== 'string' || item.includes('\0')) return undefined;
    if (item !== '') list.push(item);
  }
  return { value: list };
}

const millisecondsIn: Readonly<Record<DurationUnit, number>> = {
  milliseconds: 1,
  seconds: 1_000,
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
};

const unitWords: ReadonlyMap<string, DurationUnit> = new Map([
  ['ms', 'milliseconds'],
  ['s', 'seconds'],
  ['min', 'minutes'],
  ['m', 'minutes'],
  ['h', 'hours'],
  ['d', 'days'],
]);

/** A duration must come out whole in the setting's unit: 90s is no whole number of minutes and is refused rather than rounded. */
function readDuration(raw: RawValue, unit: DurationUnit): RawValue {
  if (typeof raw !== 'string') return raw;
  const match = /^([0-9]{1,15})\s*([a-z]*)$/.exec(raw.trim());
  if (match === null) return null;
  const written = match[2] === '' ? unit : unitWords.get(match[2] ?? '');
  if (written === undefined) return null;
  return (Number(match[1]) * millisecondsIn[written]) / millisecondsIn[unit];
}

interface Range {
  readonly minimum?: number;
  readonly maximum?: number;
}

function inRange(definition: Range, value: RawValue): value is number {
  return (
    Number.isSafeInteger(value) &&
    Number(value) >= (definition.minimum ?? Number.MIN_SAFE_INTEGER) &&
    Number(value) <= (definition.maximum ?? Number.MAX_SAFE_INTEGER)
  );
}

function range({ minimum, maximum }: Range): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return `, at least ${minimum}`;
  return maximum === undefined ? '' : `, at most ${maximum}`;
}
