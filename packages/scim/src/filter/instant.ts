const form = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?$/i;

/**
 * The sortable form of a point in time: UTC to the second, then the fraction without trailing zeros. Equal instants have equal
 * keys whatever their offset and however many fraction digits they carry, and keys sort as the instants do.
 * Accepts xsd:dateTime as RFC 7643 2.3.5 asks; a time without an offset counts as UTC.
 * @returns undefined when the text is no date and time of the years 0000 to 9999
 */
export function instantKey(text: string): string | undefined {
  const match = form.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', offset = 'Z'] = match;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return undefined;
  date.setUTCHours(Number(hour), Number(minute) - offsetMinutes(offset), Number(second), 0);
  const utc = date.toISOString();
  if (utc.length !== 24) return undefined;
  const digits = fraction.replace(/0+$/, '');
  return digits === '' ? utc.slice(0, 19) : `${utc.slice(0, 19)}.${digits}`;
}

function offsetMinutes(offset: string): number {
  if (offset === 'Z' || offset === 'z') return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6));
  return offset.startsWith('-') ? -minutes : minutes;
}
