import type { Readable } from 'node:stream';

/** Characters of a line that are kept; a connector may print without ever ending one. */
const LONGEST = 4_096;

/** What the log says of a line that a connector has printed. */
export const PRINTED = 'the connector printed a line';

/** Calls `line` for every line of a stream; a longer one is cut. */
export function eachLine(stream: Readable | null, line: (text: string) => void): void {
  let pending = '';
  stream?.setEncoding('utf8').on('data', (text: string) => {
    const [first = '', ...rest] = text.split('\n');
    pending = (pending + first).slice(0, LONGEST);
    for (const next of rest) {
      if (pending !== '') line(pending);
      pending = next.slice(0, LONGEST);
    }
  });
  stream?.on('end', () => {
    if (pending !== '') line(pending);
  });
}
