import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { as, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { setReference } from '../collections/out-argument.ts';
import { readOnlyOf } from '../collections/read-only-collection.ts';
import { namedType, netTypes } from '../intrinsic.ts';
import { methodTable } from '../method-table.ts';
import type { Property, TypeDescription } from '../net-type.ts';
import { ticksPerMinute } from './calendar.ts';
import { attempt } from './date-text.ts';
import { DateKind, DateTime } from './date-time.ts';
import { DateTimeOffset } from './date-time-offset.ts';
import { TimeSpan } from './time-span.ts';
import { inZone, localZone, outOfZone, TimeZone, timeZone } from './time-zone.ts';
import { windowsOfZone, zoneOfWindows } from './zone-names.ts';

const name = 'System.TimeZoneInfo';

const self = (value: Value): TimeZone => as(value, TimeZone);
const date = (value: Value): DateTime => as(value, DateTime);
const minutes = (count: number): TimeSpan => new TimeSpan(BigInt(count) * ticksPerMinute);

/** The zone that a time's kind says it is of. */
function zoneOfKind(value: DateTime): TimeZone {
  return value.kind === DateKind.utc ? timeZone('UTC') : localZone();
}

/** The instant in UTC of a time of a zone. Throws `NetFailure` (ArgumentException) where its kind says otherwise. */
function toUtc(value: DateTime, source: TimeZone): DateTime {
  const fits =
    value.kind === DateKind.unspecified ||
    (value.kind === DateKind.utc ? source.isUtc : source === localZone() || (source.isUtc && localZone().isUtc));
  if (!fits) {
    throw netFailure(
      'System.ArgumentException',
      'The conversion could not be completed because the supplied DateTime did not have the Kind property set correctly.  For example, when the Kind property is DateTimeKind.Local, the source time zone must be TimeZoneInfo.Local.',
      { parameter: 'sourceTimeZone' },
    );
  }
  if (source.isUtc) return new DateTime(value.ticks, DateKind.utc);
  return outOfZone(value, source, 'dateTime');
}

function convert(value: DateTime, source: TimeZone, target: TimeZone): DateTime {
  return inZone(toUtc(value, source), target);
}

/** The offset of a zone at a time: its own where the kind does not say another. */
function offsetOf(zone: TimeZone, value: Value): number {
  if (value instanceof DateTimeOffset) return zone.offsetAt(value.utcTicks);
  const { kind, ticks } = date(value);
  return kind === DateKind.unspecified ? zone.offsetOfLocal(ticks) : zone.offsetAt(date(value).toUtc().ticks);
}

function saves(zone: TimeZone, value: Value): boolean {
  if (value instanceof DateTimeOffset) return zone.savesAt(value.utcTicks);
  const { kind, ticks } = date(value);
  if (kind !== DateKind.unspecified) return zone.savesAt(date(value).toUtc().ticks);
  return zone.offsetsOf(ticks).length > 0 && zone.savesAt(ticks - BigInt(zone.offsetOfLocal(ticks)) * ticksPerMinute);
}

/** A time on the zone's own clock. */
function onClock(zone: TimeZone, value: Value): bigint {
  if (value instanceof DateTimeOffset) return value.utcTicks + BigInt(zone.offsetAt(value.utcTicks)) * ticksPerMinute;
  return date(value).kind === DateKind.unspecified ? date(value).ticks : inZone(date(value).toUtc(), zone).ticks;
}

function ambiguousOffsets(zone: TimeZone, value: Value): NetArray {
  const offsets = zone.offsetsOf(onClock(zone, value)).toSorted((a, b) => a - b);
  if (offsets.length > 1) return new NetArray(netTypes.timeSpan, offsets.map(minutes));
  throw netFailure('System.ArgumentException', 'The supplied DateTime is not in an ambiguous time range.', {
    parameter: 'dateTime',
  });
}

/** Sets an `out` text; null where there is none. */
function answer(reference: Value, found: string | undefined): boolean {
  setReference(reference, found ?? null);
  return found !== undefined;
}

function allZones(): Value {
  const zones = Intl.supportedValuesOf('timeZone').map(timeZone);
  zones.sort((a, b) => a.base - b.base || (a.displayName < b.displayName ? -1 : 1));
  return readOnlyOf(namedType(name), zones);
}

const property = (type: string, get: (zone: TimeZone) => Value): Property => ({
  type,
  get: (value) => get(self(value)),
});

export const timeZoneDescription: TypeDescription = {
  name,
  kind: 'class',
  interfaces: [`System.IEquatable\`1[${name}]`],
  staticProperties: {
    Local: { type: name, get: () => localZone() },
    Utc: { type: name, get: () => timeZone('UTC') },
  },
  properties: {
    BaseUtcOffset: property('timespan', ({ base }) => minutes(base)),
    DaylightName: property('string', (zone) => zone.nameOf('daylight')),
    DisplayName: property('string', ({ displayName }) => displayName),
    HasIanaId: property('bool', ({ id }) => id === 'UTC' || zoneOfWindows(id) === undefined),
    Id: property('string', ({ id }) => id),
    StandardName: property('string', (zone) => zone.nameOf('standard')),
    SupportsDaylightSavingTime: property('bool', (zone) => !zone.isUtc && zone.saves),
  },
  staticMethods: methodTable({
    'static void ClearCachedData()': () => undefined,
    [`static datetime ConvertTime(datetime dateTime, ${name} destinationTimeZone)`]: (_self, [value, target]) =>
      convert(date(value), zoneOfKind(date(value)), self(target)),
    [`static datetime ConvertTime(datetime dateTime, ${name} sourceTimeZone, ${name} destinationTimeZone)`]: (
      _self,
      [value, source, target],
    ) => convert(date(value), self(source), self(target)),
    [`static System.DateTimeOffset ConvertTime(System.DateTimeOffset dateTimeOffset, ${name} destinationTimeZone)`]: (
      _self,
      [value, target],
    ) => offsetInZone(as(value, DateTimeOffset), self(target)),
    'static datetime ConvertTimeBySystemTimeZoneId(datetime dateTime, string destinationTimeZoneId)': (
      _self,
      [value, target],
    ) => convert(date(value), zoneOfKind(date(value)), timeZone(text(target))),
    'static datetime ConvertTimeBySystemTimeZoneId(datetime dateTime, string sourceTimeZoneId, string destinationTimeZoneId)':
      (_self, [value, source, target]) => convert(date(value), timeZone(text(source)), timeZone(text(target))),
    'static System.DateTimeOffset ConvertTimeBySystemTimeZoneId(System.DateTimeOffset dateTimeOffset, string destinationTimeZoneId)':
      (_self, [value, target]) => offsetInZone(as(value, DateTimeOffset), timeZone(text(target))),
    [`static datetime ConvertTimeFromUtc(datetime dateTime, ${name} destinationTimeZone)`]: (_self, [value, target]) =>
      convert(date(value), timeZone('UTC'), self(target)),
    'static datetime ConvertTimeToUtc(datetime dateTime)': (_self, [value]) =>
      toUtc(date(value), zoneOfKind(date(value))),
    [`static datetime ConvertTimeToUtc(datetime dateTime, ${name} sourceTimeZone)`]: (_self, [value, source]) =>
      toUtc(date(value), self(source)),
    [`static ${name} FindSystemTimeZoneById(string id)`]: (_self, [id]) => timeZone(text(id)),
    [`static System.Collections.ObjectModel.ReadOnlyCollection[${name}] GetSystemTimeZones()`]: () => allZones(),
    'static bool TryConvertIanaIdToWindowsId(string ianaId, [ref] string windowsId)': (_self, [id, result]) =>
      answer(result, windowsOfZone(text(id))),
    'static bool TryConvertWindowsIdToIanaId(string windowsId, [ref] string ianaId)': (_self, [id, result]) =>
      answer(result, zoneOfWindows(text(id))?.iana),
    [`static bool TryFindSystemTimeZoneById(string id, [ref] ${name} timeZoneInfo)`]: (_self, [id, result]) => {
      const found = attempt(() => timeZone(text(id)));
      setReference(result, found ?? null);
      return found !== undefined;
    },
  }),
  methods: methodTable({
    [`bool Equals(${name} other)`]: (zone, [other]) => other instanceof TimeZone && isSame(self(zone), other),
    'timespan[] GetAmbiguousTimeOffsets(datetime dateTime)': (zone, [value]) => ambiguousOffsets(self(zone), value),
    'timespan[] GetAmbiguousTimeOffsets(System.DateTimeOffset dateTimeOffset)': (zone, [value]) =>
      ambiguousOffsets(self(zone), value),
    'timespan GetUtcOffset(datetime dateTime)': (zone, [value]) => minutes(offsetOf(self(zone), value)),
    'timespan GetUtcOffset(System.DateTimeOffset dateTimeOffset)': (zone, [value]) =>
      minutes(offsetOf(self(zone), value)),
    [`bool HasSameRules(${name} other)`]: (zone, [other]) => self(zone).iana === self(other).iana,
    'bool IsAmbiguousTime(datetime dateTime)': (zone, [value]) =>
      self(zone).offsetsOf(onClock(self(zone), value)).length > 1,
    'bool IsAmbiguousTime(System.DateTimeOffset dateTimeOffset)': (zone, [value]) =>
      self(zone).offsetsOf(onClock(self(zone), value)).length > 1,
    'bool IsDaylightSavingTime(datetime dateTime)': (zone, [value]) => saves(self(zone), value),
    'bool IsDaylightSavingTime(System.DateTimeOffset dateTimeOffset)': (zone, [value]) => saves(self(zone), value),
    'bool IsInvalidTime(datetime dateTime)': (zone, [value]) =>
      date(value).kind === DateKind.unspecified && self(zone).offsetsOf(date(value).ticks).length === 0,
    'string ToString()': (zone) => self(zone).displayName,
  }),
  equals: (left, right) => right instanceof TimeZone && isSame(self(left), right),
  hashKey: (zone) => self(zone).id.toLowerCase(),
  toText: (zone) => self(zone).displayName,
};

function isSame(left: TimeZone, right: TimeZone): boolean {
  return left.id === right.id && left.iana === right.iana;
}

function offsetInZone(value: DateTimeOffset, zone: TimeZone): DateTimeOffset {
  const offset = zone.offsetAt(value.utcTicks);
  return new DateTimeOffset(value.utcTicks + BigInt(offset) * ticksPerMinute, offset);
}
