import { problem } from '@joinery/problems';

/**
 * A place in a change feed. Everything of transactions below `xact` lies before it;
 * with `id`, also the rows of `xact` itself up to and including that id.
 */
export interface Watermark {
  readonly xact: bigint;
  readonly id?: string;
}

/** Before everything. */
export const feedStart: Watermark = { xact: 0n };

/** One past the largest transaction id that PostgreSQL can store (xid8 is unsigned). */
const XACT_LIMIT = 1n << 64n;

/** Writes a watermark as opaque text, safe in URLs. */
export function serialiseWatermark({ xact, id }: Watermark): string {
  return id === undefined ? `w1.${xact}` : `w1.${xact}.${Buffer.from(id, 'utf8').toString('base64url')}`;
}

/**
 * Reads what {@link serialiseWatermark} wrote.
 * @throws STORE_WATERMARK_INVALID
 */
export function parseWatermark(text: string): Watermark {
  const [, digits, encoded] = /^w1\.(0|[1-9]\d{0,19})(?:\.([\w-]*))?$/.exec(text) ?? [];
  const watermark = digits === undefined ? undefined : withId(BigInt(digits), encoded);
  // Only one text stands for a watermark: what does not come out again was not written here.
  if (watermark !== undefined && watermark.xact < XACT_LIMIT && serialiseWatermark(watermark) === text)
    return watermark;
  throw problem('STORE_WATERMARK_INVALID', 'The text is not a watermark of a change feed.');
}

function withId(xact: bigint, encoded: string | undefined): Watermark {
  return encoded === undefined ? { xact } : { xact, id: Buffer.from(encoded, 'base64url').toString('utf8') };
}
