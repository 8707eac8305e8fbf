import { posix } from 'node:path';
import { WebFailure } from '../../runtime/web-access.ts';
import type { HttpResponseMessage } from '../../types/web/http-messages.ts';
import type { CmdletCall } from '../description.ts';
import { resolveNative } from '../items/paths.ts';
import type { Received } from './send-request.ts';
import { readError } from './web-errors.ts';

/** The pieces of an answer's body, as they come. Ends the cmdlet where it breaks off. */
export function* bodyPieces(call: CmdletCall, { response, answer }: Received): Generator<Uint8Array, void> {
  const given = call.get('OperationTimeoutSeconds');
  const seconds = typeof given === 'number' && given > 0 ? given : undefined;
  let received = 0;
  try {
    for (;;) {
      const piece = answer.read(seconds === undefined ? undefined : seconds * 1000);
      if (piece === undefined) return;
      received += piece.length;
      yield piece;
    }
  } catch (error) {
    if (!(error instanceof WebFailure)) throw error;
    const length = Number(response.content.headers.first('Content-Length') ?? Number.NaN);
    call.fail(readError(error, length > received ? length - received : undefined, seconds ?? 0));
  } finally {
    answer.close();
  }
}

/** The whole body. Ends the run where it is larger than a value may be. */
export function wholeBody(call: CmdletCall, received: Received): Uint8Array {
  const { budget } = call.session;
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (const piece of bodyPieces(call, received)) {
    length += piece.length;
    budget.reserve(length);
    budget.step();
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** Where `-OutFile` leads: into a folder by the last part of the address. */
export function outFilePath(call: CmdletCall, { request }: HttpResponseMessage): string {
  const path = resolveNative(call.session, call.session.text(call.get('OutFile')));
  if (call.session.world.files.stat(path)?.kind !== 'directory') return path;
  const [last = ''] = /[^/]*$/.exec(new URL(request.url).pathname) ?? [];
  // What was escaped must not lead elsewhere.
  return posix.join(path, posix.basename(decoded(last)).replace(/^\.{1,2}$/, ''));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' ')).replaceAll('\0', '');
  } catch (error) {
    // No escapes of UTF-8: the name as it stands.
    if (error instanceof URIError) return text;
    throw error;
  }
}

/** Writes a body to a file as it comes, after what is there where it is the rest of it. */
export function saveBody(call: CmdletCall, path: string, pieces: Iterable<Uint8Array>, appends: boolean): void {
  call.writeVerbose(`File Name: ${posix.basename(path)}`);
  const { files } = call.session.world;
  const file = files.open(path, appends ? 'readWrite' : 'write');
  try {
    let at = appends ? file.length : 0;
    for (const piece of pieces) {
      file.write(piece, at);
      at += piece.length;
      call.session.budget.step();
    }
  } finally {
    file.close();
  }
}
