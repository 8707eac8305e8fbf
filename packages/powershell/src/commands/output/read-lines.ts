import type { Session } from '../../runtime/session.ts';
import { FileLines } from '../../world/file-lines.ts';
import { type LineSource, TextLines } from '../../world/text-lines.ts';
import { encodingOfFile, type FileEncoding } from './file-encoding.ts';

/** The lines of a file that is open. */
export interface OpenLines {
  readonly lines: LineSource;
  close(): void;
}

/**
 * Opens a file for its lines; close it always. A file in UTF-8 is read as its lines are asked for; one in another encoding is
 * read whole. A byte order mark says which it is, whatever encoding was given.
 * @param path absolute
 * @param given the encoding of a file without a mark; UTF-8 where absent
 * Throws `NetFailure` for what cannot be opened or read.
 */
export function openLines(session: Session, path: string, given: FileEncoding | undefined): OpenLines {
  const { files } = session.world;
  const file = files.open(path, 'read');
  const close = (): void => file.close();
  try {
    const marked = encodingOfFile(file.read(4, 0));
    const encoding = marked ?? given;
    if (encoding !== undefined && !encoding.name.startsWith('utf8')) {
      const text = encoding.decode(files.readBytes(path));
      return { lines: new TextLines(text.startsWith('\ufeff') ? text.slice(1) : text), close };
    }
    let position = marked === undefined ? 0 : marked.preamble.length;
    const read = (length: number): Uint8Array => {
      const piece = file.read(length, position);
      position += piece.length;
      return piece;
    };
    return { lines: new FileLines(read, (bytes) => session.budget.reserve(bytes)), close };
  } catch (error) {
    close();
    throw error;
  }
}
