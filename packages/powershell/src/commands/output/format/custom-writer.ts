import { brokenLines } from './cells.ts';
import type { CustomPart } from './packets.ts';

/** Writes the parts of a custom view: each line is broken at the screen's edge, below its own indentation. */
export function writeParts(parts: readonly CustomPart[], screen: number, line: (text: string) => void): void {
  let buffer = '';
  const end = (indent: number): void => {
    const room = screen - indent;
    if (room <= 0) buffer = '';
    for (const part of brokenLines(buffer, room, room)) line(' '.repeat(indent) + part);
    buffer = '';
  };
  const show = (inner: readonly CustomPart[], indent: number): void => {
    for (const part of inner) {
      if (part.kind === 'text') buffer += part.text;
      else if (part.kind === 'line') end(indent);
      else show(part.parts, indent + part.left);
    }
  };
  show(parts, 0);
  end(0);
}
