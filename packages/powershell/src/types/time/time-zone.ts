import { netFailure } from '../../errors/raise.ts';
import { Instance } from '../../values/instance.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType } from '../net-type.ts';
import { maxTicks, ticksPerDay, ticksPerMillisecond, ticksPerMinute, unixEpochTicks } from './calendar.ts';
import { DateKind, DateTime } from './date-time.ts';
import { offsetText } from './format-date.ts';
import { zoneOfWindows } from './zone-names.ts';

/** Zones whose clocks go back in winter from what their law calls standard time. */
const winterSaving = new Set(['Europe/Dublin', 'Africa/Casablanca', 'Africa/El_Aaiun']);

/** `System.TimeZoneInfo`; its rules are those of `Intl`, its id is the one it was asked for by. */
export class TimeZone extends Instance {
  readonly id: string;
  readonly iana: string;
  readonly #offsets: Intl.DateTimeFormat;
  #known: { readonly base: number; readonly saves: boolean } | undefined;

  constructor(id: string, iana: string) {
    super();
    this.id = id;
    this.iana = iana;
    this.#offsets = new Intl.DateTimeFormat('en-US', { timeZone: iana, timeZoneName: 'longOffset' });
  }

  get type(): NetType {
    return namedType('System.TimeZoneInfo');
  }

  get isUtc(): boolean {
    return this.iana === 'UTC' || this.iana === 'Etc/UTC';
  }

  /** Minutes ahead of UTC at an instant of UTC. */
  offsetAt(utcTicks: bigint): number {
    const text = this.#offsets.format(Number((inRange(utcTicks) - unixEpochTicks) / ticksPerMillisecond));
    const [, sign, hours, minutes] = /GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(text) ?? [];
    if (sign === undefined) return 0;
    const total = Number(hours) * 60 + Number(minutes);
    return sign === '-' ? -total : total;
  }

  /** The offsets that a time on the zone's clock may have: none where the clock skips it, two where it shows it twice. */
  offsetsOf(localTicks: bigint): readonly number[] {
    const around = [this.offsetAt(localTicks - ticksPerDay), this.offsetAt(localTicks + ticksPerDay)];
    return [...new Set(around)].filter(
      (offset) => this.offsetAt(localTicks - BigInt(offset) * ticksPerMinute) === offset,
    );
  }

  /** Minutes ahead of UTC at a time on the zone's clock: standard time where it is shown twice or not at all. */
  offsetOfLocal(localTicks: bigint): number {
    const offsets = this.offsetsOf(localTicks);
    if (offsets.length === 0) {
      return Math.min(this.offsetAt(localTicks - ticksPerDay), this.offsetAt(localTicks + ticksPerDay));
    }
    return Math.min(...offsets);
  }

  /** Whether the clock is ahead of the standard time of its year at an instant of UTC. */
  savesAt(utcTicks: bigint): boolean {
    const [winter, summer] = this.#offsetsOfYear(new Date(unixMilliseconds(utcTicks)).getUTCFullYear());
    if (winter === summer) return false;
    const standard = winterSaving.has(this.iana) ? Math.max(winter, summer) : Math.min(winter, summer);
    return this.offsetAt(utcTicks) !== standard;
  }

  /** Standard time in minutes ahead of UTC, in the year of the data. */
  get base(): number {
    return this.#rules().base;
  }

  /** Whether the clock was ever changed. */
  get saves(): boolean {
    return this.#rules().saves;
  }

  /** The name of the zone's standard or saving time in English, in a year that has both. */
  nameOf(kind: 'standard' | 'daylight' | 'generic'): string {
    if (this.isUtc) return 'Coordinated Universal Time';
    const format = (timeZoneName: 'long' | 'longGeneric', month: number): string =>
      new Intl.DateTimeFormat('en-US', { timeZone: this.iana, timeZoneName })
        .format(Date.UTC(dataYear, month, 1))
        .replace(/^[^,]*, /, '');
    if (kind === 'generic') return format('longGeneric', 0);
    const [january, july] = this.#offsetsOfYear(dataYear);
    const savingMonth = january > july ? 0 : 6;
    const other = 6 - savingMonth;
    return format('long', kind === 'daylight' ? savingMonth : other);
  }

  get displayName(): string {
    if (this.isUtc) return '(UTC) Coordinated Universal Time';
    const city = this.iana.slice(this.iana.lastIndexOf('/') + 1).replaceAll('_', ' ');
    const generic = this.nameOf('generic');
    const name = generic.includes(city) || /^GMT/.test(generic) ? generic : `${generic} (${city})`;
    return `(UTC${offsetText(this.base, 3)}) ${name}`;
  }

  #offsetsOfYear(year: number): readonly [number, number] {
    return [this.#atStart(year, 0), this.#atStart(year, 6)];
  }

  #atStart(year: number, month: number): number {
    return this.offsetAt(unixEpochTicks + BigInt(Date.UTC(year, month, 1)) * ticksPerMillisecond);
  }

  #rules(): { readonly base: number; readonly saves: boolean } {
    if (this.#known === undefined) {
      const [winter, summer] = this.#offsetsOfYear(dataYear);
      const base = winterSaving.has(this.iana) ? Math.max(winter, summer) : Math.min(winter, summer);
      let saves = false;
      for (let year = 1900; year <= dataYear && !saves; year++) {
        saves = this.#offsetsOfYear(year).some((offset) => offset !== base);
      }
      this.#known = { base, saves };
    }
    return this.#known;
  }
}

/** The year whose rules stand for those of today: fixed, so that a zone does not change while a process runs. */
const dataYear = 2025;

function inRange(ticks: bigint): bigint {
  return ticks < 0n ? 0n : ticks > maxTicks ? maxTicks : ticks;
}

function unixMilliseconds(ticks: bigint): number {
  return Number((ticks - unixEpochTicks) / ticksPerMillisecond);
}

const zones = new Map<string, TimeZone>();

/** The zone of an IANA or Windows name. Throws `NetFailure` (TimeZoneNotFoundException). */
export function timeZone(id: string): TimeZone {
  const known = zones.get(id);
  if (known !== undefined) return known;
  const windows = zoneOfWindows(id);
  const made = windows === undefined ? ianaZone(id) : new TimeZone(windows.windows, windows.iana);
  if (made === undefined) {
    throw netFailure(
      'System.TimeZoneNotFoundException',
      `The time zone ID '${id}' was not found on the local computer.`,
    );
  }
  zones.set(id, made);
  return made;
}

function ianaZone(id: string): TimeZone | undefined {
  if (!/^[A-Za-z]/.test(id)) return undefined;
  if (/^(?:UTC|Etc\/UTC)$/i.test(id)) return new TimeZone(/^utc$/i.test(id) ? 'UTC' : 'Etc/UTC', 'UTC');
  try {
    const { timeZone: canonical } = new Intl.DateTimeFormat('en-US', { timeZone: id }).resolvedOptions();
    // Names are those of files: their case matters. An older name of a zone stays.
    return canonical !== id && canonical.toLowerCase() === id.toLowerCase() ? undefined : new TimeZone(id, canonical);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The zone of the process. */
export function localZone(): TimeZone {
  return timeZone(new Intl.DateTimeFormat().resolvedOptions().timeZone);
}

/** A time on the clock of a zone. */
export function inZone(utc: DateTime, zone: TimeZone): DateTime {
  if (zone.isUtc) return utc;
  const ticks = inRange(utc.ticks + BigInt(zone.offsetAt(utc.ticks)) * ticksPerMinute);
  return new DateTime(ticks, zone === localZone() ? DateKind.local : DateKind.unspecified);
}

/** A time on the clock of a zone, in UTC. Throws `NetFailure` (ArgumentException) for one that the clock skips. */
export function outOfZone(date: DateTime, zone: TimeZone, parameter: string): DateTime {
  if (zone.saves && zone.offsetsOf(date.ticks).length === 0) {
    throw netFailure(
      'System.ArgumentException',
      'The supplied DateTime represents an invalid time.  For example, when the clock is adjusted forward, any time in the period that is skipped is invalid.',
      { parameter },
    );
  }
  const ticks = date.ticks - BigInt(zone.offsetOfLocal(date.ticks)) * ticksPerMinute;
  return new DateTime(inRange(ticks), DateKind.utc);
}
