/*
 * Times as directories write them (RFC 4517 3.3.13), always of UTC. Two of the same form are in the order of their texts.
 */

/** The start of a time as every server writes it. */
const digits = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})/;

/** `20261121002139Z`. @param time in milliseconds since 1970 */
export function stampOf(time: number): string {
  return `${new Date(Math.max(0, time)).toISOString().replace(/\..*$/, '').replaceAll(/[-:T]/g, '')}Z`;
}

/** Milliseconds since 1970, of whole seconds; undefined for what is no time. */
export function timeOf(stamp: string): number | undefined {
  const [all, year, month, day, hour, minute, second] = digits.exec(stamp) ?? [];
  if (all === undefined) return undefined;
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  return Number.isNaN(time) ? undefined : time;
}
