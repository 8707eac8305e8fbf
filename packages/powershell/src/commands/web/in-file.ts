import { ErrorRecord } from '../../errors/error-record.ts';
import { NetFailure } from '../../errors/raise.ts';
import { WildcardPattern } from '../../operators/wildcard.ts';
import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall } from '../description.ts';
import { nativeOf, placePath } from '../items/paths.ts';
import { glob, pathNotFound } from '../items/resolve-items.ts';
import { refuse } from './check-parameters.ts';
import type { RequestBody } from './request-body.ts';

/** Bytes that are read at once. */
const readBytes = 65_536;

/** What is read until nothing comes any more. */
export function* pieces(read: (count: number) => Uint8Array): Generator<Uint8Array, void> {
  for (let piece = read(readBytes); piece.length > 0; piece = read(readBytes)) yield piece;
}

/** `-InFile`: a file that goes out as it is read. */
export function inFile(call: CmdletCall): RequestBody {
  const written = call.session.text(call.get('InFile'));
  return fileBody(call, pathOf(call, written));
}

/** A file of the granted roots as a body. It is sent as long as it is now, whatever becomes of it meanwhile. */
export function fileBody(call: CmdletCall, path: string): RequestBody & { readonly length: number } {
  const { files } = call.session.world;
  const length = files.stat(path)?.length ?? 0;
  return { length, pieces: fileContent(call, path, length) };
}

function* fileContent(call: CmdletCall, path: string, length: number): Generator<Uint8Array, void> {
  const file = call.session.world.files.open(path, 'read');
  try {
    for (let at = 0; at < length; ) {
      const piece = file.read(Math.min(readBytes, length - at), at);
      if (piece.length === 0) {
        const message = `The file '${path}' became shorter while it was sent.`;
        return call.fail(
          cmdletError('System.IO.IOException', message, { type: 'System.IO.IOException', category: 'NotSpecified' }),
        );
      }
      at += piece.length;
      yield piece;
    }
  } finally {
    file.close();
  }
}

function pathOf(call: CmdletCall, written: string): string {
  const { session } = call;
  const isPattern = WildcardPattern.has(written);
  const placed = placePath(session, written, isPattern ? 'pattern' : 'literal');
  const found = isPattern ? glob(session, placed, true).map(({ path }) => path) : [nativeOf(placed)];
  const [path, second] = found;
  if (path === undefined)
    return refuse(call, 'InFileNoPathResolved', `Path '${written}' cannot be resolved to a file.`);
  if (second !== undefined) {
    return refuse(call, 'InFileMultiplePathsResolved', `Path '${written}' can be resolved to multiple paths.`);
  }
  const status = lookUp(call, path);
  if (status === undefined) return call.fail(pathNotFound(path));
  if (status.kind === 'file') return path;
  return refuse(
    call,
    'InFileNotFilePath',
    `Path '${written}' resolves to a directory. Specify a path including a file name, and then retry the command.`,
  );
}

function lookUp(call: CmdletCall, path: string): ReturnType<CmdletCall['session']['world']['files']['stat']> {
  try {
    return call.session.world.files.stat(path);
  } catch (error) {
    if (!(error instanceof NetFailure)) throw error;
    return call.fail(new ErrorRecord(error.exception, 'ItemExistsUnauthorizedAccessError', 'PermissionDenied', path));
  }
}
