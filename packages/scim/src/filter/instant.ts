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
  const digits = withoutTrailingZeros(fraction);
  const tail = digits === '' ? '' : `.${digits}`;
  // Most times are in UTC already, on a day that every month has.
  if ((offset === 'Z' || offset === 'z') && everyMonthHas(Number(month), Number(day))) {
    return `${year}-${month}-${day}T${hour}:${minute}:${second}${tail}`;
  }
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return undefined;
  date.setUTCHours(Number(hour), Number(minute) - offsetMinutes(offset), Number(second), 0);
  const utc = date.toISOString();
  if (utc.length !== 24) return undefined;
  return utc.slice(0, 19) + tail;
}

/** By hand: `/0+$/` would begin anew at every zero of a fraction that is as long as a body may be. */
function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}

function everyMonthHas(month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= 28;
}

function offsetMinutes(offset: string): number {
  if (offset === 'Z' || offset === 'z') return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6));
  return offset.startsWith('-') ? -minutes : minutes;
}
