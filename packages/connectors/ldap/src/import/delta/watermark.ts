import { createHash } from 'node:crypto';
import type { LdapContext } from '../../context.ts';
import type { DeltaStrategy } from '../../detection/profile.ts';
import { fullImportRequired } from './full-import-required.ts';

/** Of the text; one that says another is not understood. */
const VERSION = 1;

const strategies: ReadonlySet<string> = new Set<DeltaStrategy>(['changeLog', 'accessLog', 'usnChanged', 'timeStamp']);

/** How far a server's changes are known. Positions mean something on that server only (LDAP sheet 4.7, 4.10). */
export interface Point {
  /** Which server. */
  readonly server: string;
  /** Where in its changes, in the words of the strategy. */
  readonly position: Readonly<Record<string, string>>;
}

/** What a delta import starts from. */
export interface Watermark extends Point {
  readonly strategy: DeltaStrategy;
  /** What was read, by {@link readPlaces}: of a place that is added, everything is new. */
  readonly places: string;
}

/** One line of JSON. */
export function formatWatermark({ strategy, places, server, position }: Watermark): string {
  return JSON.stringify({ version: VERSION, strategy, places, server, position });
}

/**
 * Reads what {@link formatWatermark} wrote, and nothing else.
 * @throws CONNECTOR_WATERMARK_INVALID
 */
export function parseWatermark(text: string): Watermark {
  const read = parsed(text);
  if (!isRecord(read) || read.version !== VERSION) throw notOurs();
  const { strategy, places, server, position, ...more } = read;
  if (!isStrategy(strategy) || typeof places !== 'string' || typeof server !== 'string' || !isRecord(position)) {
    throw notOurs();
  }
  if (Object.keys(more).length !== 1) throw notOurs();
  const texts = Object.entries(position).map(([name, value]): [string, string] => {
    if (typeof value !== 'string') throw notOurs();
    return [name, value];
  });
  return { strategy, places, server, position: Object.fromEntries(texts) };
}

/**
 * A part of a position.
 * @param form what it has to be like, as a whole
 * @throws CONNECTOR_WATERMARK_INVALID
 */
export function positionPart({ position }: Point, name: string, form: RegExp): string {
  const value = position[name];
  if (value === undefined || !form.test(value)) throw notOurs();
  return value;
}

/** Short text for the settings that decide which entries are read at all. */
export function readPlaces({ settings }: Pick<LdapContext, 'settings'>): string {
  const { partitions, additionalNamespaces, searchOnlyInSelectedContainers, importFilter, changeLogDn } = settings;
  const all = [partitions, additionalNamespaces, searchOnlyInSelectedContainers, importFilter, changeLogDn];
  return digest(JSON.stringify(all));
}

/** Text by which two of the same content are recognised, without the content. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

function notOurs() {
  return fullImportRequired('The place where the last import ended is not written as this connector writes it.');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isStrategy(value: unknown): value is DeltaStrategy {
  return typeof value === 'string' && strategies.has(value);
}
