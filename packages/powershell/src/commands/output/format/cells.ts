/**
 * How wide text is in cells of a screen, and how it is broken into lines: East Asian wide characters take two cells, escape
 * sequences none. The output of cmdlets has no colours, so that sequences are taken out first (`withoutSequences`).
 */

const esc = String.fromCharCode(0x1b);

/** Escape sequences of terminals: colours, private modes and links. */
const sequences = new RegExp(`${esc}(?:\\[\\d+(?:;\\d+)*m|\\[\\?\\d+[hl]|\\]8;;[^${esc}]*${esc}\\\\)`, 'g');

/** Text without the escape sequences that formatted output never has. */
export function withoutSequences(text: string): string {
  return text.includes(esc) ? text.replace(sequences, '') : text;
}

function isWide(code: number): boolean {
  return (
    code <= 0x115f ||
    code === 0x2329 ||
    code === 0x232a ||
    (code >= 0x2e80 && code <= 0xa4cf && code !== 0x303f) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe10 && code <= 0xfe19) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6)
  );
}

function cellsOf(code: number): number {
  return code >= 0x1100 && isWide(code) ? 2 : 1;
}

const wide = /[\u1100-\uffff]/;

/** The number of cells that a text takes. */
export function cellCount(text: string): number {
  if (!wide.test(text)) return text.length;
  let count = 0;
  for (let at = 0; at < text.length; at++) count += cellsOf(text.charCodeAt(at));
  return count;
}

/** How many characters from `offset` on fit into so many cells. */
export function fittingHead(text: string, offset: number, cells: number): number {
  let used = 0;
  let at = offset;
  for (; at < text.length; at++) {
    used += cellsOf(text.charCodeAt(at));
    if (used > cells) break;
  }
  return at - offset;
}

/** Where the last characters begin that fit into so many cells. */
export function fittingTail(text: string, cells: number): number {
  let used = 0;
  let at = text.length;
  while (at > 0) {
    used += cellsOf(text.charCodeAt(at - 1));
    if (used > cells) break;
    at--;
  }
  return at;
}

/** The lines of a text: carriage returns are nothing. */
export function splitLines(text: string): string[] {
  return text.replaceAll('\r', '').split('\n');
}

/** The lines of a text, each broken after `first` cells, and after `following` from its second part on. */
export function brokenLines(text: string, first: number, following: number): string[] {
  const result: string[] = [];
  for (const line of splitLines(text)) {
    if (cellCount(line) <= first) {
      result.push(line);
      continue;
    }
    let offset = 0;
    let room = first;
    while (offset < line.length) {
      const fits = fittingHead(line, offset, room);
      result.push(fits === 0 ? '?' : line.slice(offset, offset + fits));
      offset += Math.max(fits, 1);
      room = following;
    }
  }
  return result;
}

export type Alignment = 'left' | 'center' | 'right';

/** A text in a column: its first line alone, cut with an ellipsis where it is too wide, padded where it is not. */
export function inColumn(text: string, width: number, alignment: Alignment, padRight: boolean): string {
  const breakAt = text.search(/[\r\n]/);
  const line = breakAt < 0 ? text : `${text.slice(0, breakAt)}\u2026`;
  const cells = cellCount(line);
  if (cells < width) return padded(line, width - cells, alignment, padRight);
  if (cells === width) return line;
  const cut = cutTo(line, width, alignment);
  // A wide character that was cut leaves one cell.
  if (cellCount(cut) === width) return cut;
  if (alignment === 'right') return ` ${cut}`;
  return padRight ? `${cut} ` : cut;
}

function padded(text: string, count: number, alignment: Alignment, padRight: boolean): string {
  if (alignment === 'right') return ' '.repeat(count) + text;
  if (alignment === 'left') return padRight ? text + ' '.repeat(count) : text;
  const left = Math.floor(count / 2);
  return ' '.repeat(left) + text + (padRight ? ' '.repeat(count - left) : '');
}

function cutTo(text: string, width: number, alignment: Alignment): string {
  const room = width - 1;
  if (alignment === 'right') {
    return room > 0 ? `\u2026${text.slice(fittingTail(text, room))}` : text.slice(fittingTail(text, width));
  }
  return room > 0 ? `${text.slice(0, fittingHead(text, 0, room))}\u2026` : text.slice(0, fittingHead(text, 0, width));
}
