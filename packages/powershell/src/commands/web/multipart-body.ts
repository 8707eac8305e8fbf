import { baseOf } from '../../conversion/base.ts';
import { enumerable } from '../../conversion/enumerate.ts';
import { FileItem } from '../../types/io/file-item.ts';
import type { Dictionary } from '../../values/dictionary.ts';
import type { Value } from '../../values/value.ts';
import type { CmdletCall } from '../description.ts';
import { fileBody } from './in-file.ts';
import type { RequestBody } from './request-body.ts';

interface Part {
  readonly head: Uint8Array;
  readonly body: RequestBody & { readonly length: number };
}

const encoder = new TextEncoder();

/** `-Form` as `multipart/form-data` (RFC 7578): texts, files by their names, lists as fields of the same name. */
export function multipart(
  call: CmdletCall,
  form: Dictionary,
): { readonly boundary: string; readonly body: RequestBody } {
  const boundary = Buffer.from(call.session.random.bytes(16)).toString('hex');
  const parts = [...form.items()].flatMap(({ key, value }) => partsOf(call, call.session.text(key), value, boundary));
  const end = encoder.encode(`--${boundary}--\r\n`);
  const length = parts.reduce((sum, { head, body }) => sum + head.length + body.length + 2, end.length);
  return { boundary, body: { length, pieces: written(parts, end) } };
}

function* written(parts: readonly Part[], end: Uint8Array): Generator<Uint8Array, void> {
  for (const { head, body } of parts) {
    yield head;
    yield* body.pieces;
    yield encoder.encode('\r\n');
  }
  yield end;
}

/** Lists are taken apart once; a list in a list is a text. */
function partsOf(call: CmdletCall, name: string, value: Value, boundary: string, isItem = false): readonly Part[] {
  const content = baseOf(value);
  if (content instanceof FileItem) return [filePart(call, name, content, boundary)];
  const items = isItem || typeof content === 'string' ? undefined : enumerable(content, call.session);
  if (items !== undefined) return [...items].flatMap((item) => partsOf(call, name, item, boundary, true));
  const bytes = encoder.encode(call.session.text(content));
  const head = partHead(boundary, [
    'Content-Type: text/plain; charset=utf-8',
    `Content-Disposition: form-data; name=${parameter(name)}`,
  ]);
  return [{ head, body: { length: bytes.length, pieces: [bytes] } }];
}

function filePart(call: CmdletCall, name: string, file: FileItem, boundary: string): Part {
  const encoded = encodeURIComponent(file.name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const head = partHead(boundary, [
    `Content-Disposition: form-data; name=${parameter(name)}; filename=${parameter(file.name)}; filename*=utf-8''${encoded}`,
    'Content-Type: application/octet-stream',
  ]);
  return { head, body: fileBody(call, file.path) };
}

function partHead(boundary: string, lines: readonly string[]): Uint8Array {
  return encoder.encode(`--${boundary}\r\n${lines.join('\r\n')}\r\n\r\n`);
}

/** A name as a parameter of a header: bare, quoted, or as an encoded word (RFC 2047) where it is not of ASCII. */
function parameter(text: string): string {
  if (/^[\w!#$%&'*+.^`|~-]+$/.test(text)) return text;
  if (/^[\x20-\x7e]*$/.test(text)) return `"${text.replace(/["\\]/g, '\\$&')}"`;
  return `"=?utf-8?B?${Buffer.from(text).toString('base64')}?="`;
}
