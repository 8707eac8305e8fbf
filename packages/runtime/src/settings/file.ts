import { readFileSync } from 'node:fs';
import { problem } from '@joinery/problems';
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { systemErrorCode } from '../file/system-error.ts';
import type { RawValue } from './value.ts';

/** One `name: value` line of a settings file. */
export interface WrittenSetting {
  readonly name: string;
  /** `undefined` when the value is neither a scalar nor a list of scalars. */
  readonly raw: RawValue | undefined;
  /** `file:line:column` of the name. */
  readonly namePlace: string;
  /** `file:line:column` of the value. */
  readonly valuePlace: string;
}

/** The largest settings file that is read; a settings file of a person is a few kilobytes. */
const maxBytes = 1_048_576;

/**
 * Reads a YAML 1.2 file of one level, with the place of every name and value.
 * Aliases are refused as values: a settings file needs none, and they are the way to make a small file explode.
 * @param path the file, or undefined for "no file"
 * @param mayBeMissing answer an empty list instead of an error when the file does not exist
 * @throws RUNTIME_SETTINGS_UNREADABLE with file, line and column
 */
export function readSettingsFile(path: string, mayBeMissing: boolean): readonly WrittenSetting[] {
  const text = readText(path, mayBeMissing);
  if (text === undefined) return [];
  return parseSettings(text, path);
}

/** The same for text that is in memory already; `path` is only named in places. */
export function parseSettings(text: string, path: string): readonly WrittenSetting[] {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
    logLevel: 'silent',
  });
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${path}:${line}:${col}`;
  };
  const fault = document.errors[0];
  if (fault !== undefined) {
    // The parser's message may quote a value; only its code is shown, with the place.
    const what =
      fault.code === 'DUPLICATE_KEY' ? 'The same name is set twice.' : `The file is not valid YAML (${fault.code}).`;
    throw problem('RUNTIME_SETTINGS_UNREADABLE', what, { place: place(fault.pos[0]), cause: fault });
  }
  const root = document.contents;
  if (root === null || (isScalar(root) && root.value === null)) return [];
  if (!isMap(root)) {
    throw problem('RUNTIME_SETTINGS_UNREADABLE', 'The file is not a list of names and values.', {
      place: place(root.range?.[0] ?? 0),
    });
  }
  return root.items.map(({ key, value }) => {
    const nameOffset = offsetOf(key);
    if (!isScalar(key) || typeof key.value !== 'string') {
      throw problem('RUNTIME_SETTINGS_UNREADABLE', 'A name must be plain text.', { place: place(nameOffset) });
    }
    return {
      name: key.value,
      raw: rawValue(value),
      namePlace: place(nameOffset),
      valuePlace: place(value === null ? nameOffset : offsetOf(value)),
    };
  });
}

function rawValue(node: unknown): RawValue | undefined {
  if (node === null) return null;
  if (isScalar(node)) {
    const { value } = node;
    if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      return value;
    return undefined;
  }
  if (!isSeq(node)) return undefined;
  const items: RawValue[] = [];
  for (const item of node.items) {
    const raw = isScalar(item) ? rawValue(item) : undefined;
    if (raw === undefined) return undefined;
    items.push(raw);
  }
  return items;
}

function offsetOf(node: unknown): number {
  return isScalar(node) || isMap(node) || isSeq(node) ? (node.range?.[0] ?? 0) : 0;
}

function readText(path: string, mayBeMissing: boolean): string | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT' && mayBeMissing) return undefined;
    const what = code === 'ENOENT' ? 'The file does not exist.' : `The file cannot be read (${code ?? 'unknown'}).`;
    throw problem('RUNTIME_SETTINGS_UNREADABLE', what, { place: path, cause: error });
  }
  if (bytes.length > maxBytes)
    throw problem('RUNTIME_SETTINGS_UNREADABLE', 'The file is larger than 1 MiB.', { place: path });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw problem('RUNTIME_SETTINGS_UNREADABLE', 'The file is not UTF-8 text.', { place: path, cause: error });
  }
}
