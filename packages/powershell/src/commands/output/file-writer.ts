import type { Session } from '../../runtime/session.ts';
import type { Value } from '../../values/value.ts';
import { resolveNative } from '../items/paths.ts';
import { fileEncoding } from './file-encoding.ts';
import { ObjectFormatter } from './format-objects.ts';

export interface FileWriterOptions {
  readonly append?: boolean;
  /** As `-Encoding` takes it; UTF-8 without a mark where left out. */
  readonly encoding?: Value;
  readonly noClobber?: boolean;
  readonly noNewline?: boolean;
  /** How many cells a line may take, as `-Width` says. */
  readonly width?: number | undefined;
}

/** Objects on their way into a file, formatted as on screen. `close` writes what waits; call it always. */
export interface FileWriter {
  write(value: Value): void;
  close(): void;
}

const chunk = 1 << 16;

/**
 * Opens the file of `>`, `Out-File` and `Tee-Object`: it is there, and empty, at once. Lines end in LF.
 * @param path as scripts write it: relative to the location, `~` at its head
 * Throws `NetFailure` for what cannot be opened.
 */
export function openFileWriter(session: Session, path: string, options: FileWriterOptions = {}): FileWriter {
  const native = resolveNative(session, path);
  const { files } = session.world;
  const encoding = fileEncoding(options.encoding, session) ?? fileEncoding(null, session);
  if (encoding === undefined) throw new Error('UTF-8 is always known');
  const isNew = options.append !== true || files.stat(native) === undefined;
  files.writeBytes(native, isNew ? encoding.preamble : new Uint8Array(), modeOf(options));
  let waiting = '';
  const flush = () => {
    if (waiting !== '') files.writeBytes(native, encoding.encode(waiting), 'append');
    waiting = '';
  };
  const lineEnd = options.noNewline === true ? '' : '\n';
  const formatter = new ObjectFormatter(
    session,
    (line) => {
      waiting += line + lineEnd;
      if (waiting.length > chunk) flush();
    },
    options.width,
  );
  return {
    write: (value) => formatter.write(value),
    close() {
      formatter.end();
      flush();
    },
  };
}

function modeOf({ append, noClobber }: FileWriterOptions): 'create' | 'truncate' | 'append' {
  if (append === true) return 'append';
  return noClobber === true ? 'create' : 'truncate';
}
