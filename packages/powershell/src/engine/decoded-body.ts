import { Readable, type Transform } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { WebStop } from './web-fault.ts';

/** What .NET's client asks for, and undoes: one encoding, the last that was applied. */
const known = /(?:^|,)\s*(gzip|deflate|br)\s*$/i;

/** Bytes that come out at once at most. */
const chunkSize = 65_536;

/**
 * An answer with its `content-encoding` undone: the headers without it and the length that went with it, the body as bytes of
 * the target's own. The body is unpacked as it is read, so that one that unpacks without end stops where the reader does.
 * @param headers names and values, in turn
 */
export function decodedAnswer(
  headers: readonly string[],
  body: AsyncIterable<Uint8Array>,
): { readonly headers: readonly string[]; readonly body: AsyncIterable<Uint8Array> } {
  const encoding = known.exec(headerValue(headers, 'content-encoding') ?? '')?.[1]?.toLowerCase();
  if (encoding === undefined) return { headers, body };
  const kept: string[] = [];
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const [name = '', value = ''] = headers.slice(at, at + 2);
    if (!/^content-(encoding|length)$/i.test(name)) kept.push(name, value);
  }
  return { headers: kept, body: unpacked(encoding, body) };
}

/** The last value of a header; `undefined` where it is not there. */
export function headerValue(headers: readonly string[], wanted: string): string | undefined {
  let found: string | undefined;
  for (let at = 0; at + 1 < headers.length; at += 2) {
    if (headers[at]?.toLowerCase() === wanted) found = headers[at + 1];
  }
  return found;
}

async function* unpacked(encoding: string, body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const packed = body[Symbol.asyncIterator]();
  let fault: { readonly error: unknown } | undefined;
  const first = await packed.next();
  if (first.done === true) return;
  const unpacker = unpackerOf(encoding, first.value);
  const rest = async function* (): AsyncGenerator<Uint8Array> {
    try {
      yield first.value;
      for (let next = await packed.next(); next.done !== true; next = await packed.next()) yield next.value;
    } catch (error) {
      fault = { error };
      throw error;
    } finally {
      await packed.return?.();
    }
  };
  const source = Readable.from(rest());
  source.on('error', (error) => unpacker.destroy(error));
  try {
    for await (const piece of source.pipe(unpacker)) if (piece instanceof Uint8Array) yield piece;
  } catch (error) {
    throw fault === undefined ? new WebStop('encoding', { cause: error }) : fault.error;
  } finally {
    source.destroy();
  }
}

/** A body that was cut off gives what it held. */
function unpackerOf(encoding: string, [first = 0]: Uint8Array): Transform {
  const lenient = { chunkSize, finishFlush: constants.Z_SYNC_FLUSH };
  if (encoding === 'gzip') return createGunzip(lenient);
  if (encoding === 'br') return createBrotliDecompress({ chunkSize, finishFlush: constants.BROTLI_OPERATION_FLUSH });
  // Some servers send the bare form, which the name does not mean (RFC 9110 8.4.1.2).
  return (first & 0x0f) === 8 ? createInflate(lenient) : createInflateRaw(lenient);
}
