/**
 * The seconds that a Retry-After header asks to wait (RFC 9110 10.2.3): a number, or a date.
 * @param now milliseconds since 1970
 * @returns undefined when the header is absent or cannot be read
 */
export function retryAfterSeconds(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\s*\d{1,9}\s*$/.test(header)) return Number(header);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}
