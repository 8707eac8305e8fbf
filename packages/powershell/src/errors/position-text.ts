import { lineText, placeOf, type Source } from '../syntax/source.ts';

const widest = 69;

/** `At line:1 char:4`, the line and squiggles below it: `InvocationInfo.PositionMessage` and what a ParseException says. */
export function positionText(source: Source, start: number, end: number): string {
  const { line, column } = placeOf(source, start);
  const place = `At ${source.file ?? 'line'}:${line} char:${column}`;
  const text = lineText(source, line).trimEnd();
  if (text === '') return place;
  const from = placeOf(source, end);
  const isOneLine = from.line === line && from.column <= text.length + 1;
  const length = isOneLine ? from.column - column : text.length - column + 1;
  return `${place}\n+ ${marked(text, column - 1, Math.max(length, 0))}`;
}

/** Tabs count four columns; of a line that is too wide, the part around the mark is shown, with dots where it goes on. */
function marked(line: string, start: number, marks: number): string {
  const widen = (part: string) => part.replaceAll('\t', '    ');
  const before = widen(line.slice(0, start));
  const marked = widen(line.slice(start, start + marks));
  const whole = before + marked + widen(line.slice(start + marks));
  const cut = whole.length > widest ? window(whole.length, before.length, marked.length) : undefined;
  const from = cut?.from ?? 0;
  const shown = cut === undefined ? whole : whole.slice(from, from + widest);
  const indent = before.length - from;
  const count = cut === undefined ? marked.length : Math.min(cut.marks, widest - indent);
  const lead = cut?.dotsBefore ? '\u2026 ' : '';
  const tail = cut?.dotsAfter ? ' \u2026' : '';
  return `${lead}${shown}${tail}\n+ ${' '.repeat(indent + lead.length)}${'~'.repeat(Math.max(count, 1))}`;
}

interface Window {
  readonly from: number;
  readonly marks: number;
  readonly dotsBefore: boolean;
  readonly dotsAfter: boolean;
}

function window(length: number, before: number, marks: number): Window {
  const after = length - marks - before;
  let prefix = Math.min(before, 12);
  let suffix = Math.min(after, 8);
  const room = widest - (prefix + marks + suffix);
  if (room <= 0) {
    return {
      from: before - prefix,
      marks: prefix + marks >= widest ? widest - prefix : marks,
      dotsBefore: prefix < before,
      dotsAfter: true,
    };
  }
  const more = Math.min(before - prefix, room);
  prefix += more;
  suffix += Math.min(after - suffix, room - more);
  return { from: before - prefix, marks, dotsBefore: prefix < before, dotsAfter: suffix < after };
}
