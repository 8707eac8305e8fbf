import { posix } from 'node:path';
import { baseOf } from '../../conversion/base.ts';
import { netFailure } from '../../errors/raise.ts';
import { as } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { absolutePath } from '../io/path.ts';
import { Stream } from '../io/stream.ts';
import { TextReader } from '../io/text-reader.ts';
import type { CallContext } from '../net-type.ts';
import { sessionOf } from '../session-of.ts';
import { decodeXml } from './decode-xml.ts';

/**
 * Reads all of what XML is loaded from: a file by its path, a stream, a text reader.
 * Throws `NetFailure` for what is not there and for bytes that are none of the encoding.
 */
export function readSource(source: Value, context: CallContext): string {
  const base = baseOf(source);
  if (base === null || base === undefined) {
    throw netFailure('System.ArgumentNullException', 'Value cannot be null.');
  }
  if (typeof base === 'string') return decodeXml(readFile(base, context));
  if (base instanceof Stream) return decodeXml(rest(base, context));
  return as(base, TextReader).rest();
}

function rest(stream: Stream, context: CallContext): Uint8Array {
  const { budget } = sessionOf(context);
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (let piece = stream.read(65_536); piece.length > 0; piece = stream.read(65_536)) {
    budget.step();
    length += piece.length;
    budget.reserve(length);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function readFile(name: string, context: CallContext): Uint8Array {
  const { world } = sessionOf(context);
  const path = absolutePath(name, context);
  if (world.files.stat(path) === undefined) {
    throw world.files.stat(posix.dirname(path)) === undefined
      ? netFailure('System.IO.DirectoryNotFoundException', `Could not find a part of the path '${path}'.`)
      : netFailure('System.IO.FileNotFoundException', `Could not find file '${path}'.`, {
          details: { FileName: path },
        });
  }
  return world.files.readBytes(path);
}
