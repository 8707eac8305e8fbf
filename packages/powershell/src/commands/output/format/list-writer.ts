import { brokenLines, cellCount, fittingHead, splitLines } from './cells.ts';
import type { Field } from './packets.ts';

const separator = ' : ';

/** Writes one object as `name : value` lines; longer values go on below their beginning. */
export function writeFields(fields: readonly Field[], screen: number, line: (text: string) => void): void {
  const widest = screen - separator.length - 1;
  if (fields.length === 0 || widest < 1) return;
  const labelWidth = Math.min(Math.max(...fields.map(({ label }) => cellCount(label))), widest);
  const indent = ' '.repeat(labelWidth + separator.length);
  const room = screen - labelWidth - separator.length;
  for (const { label, text } of fields) {
    const cells = cellCount(label);
    const shown =
      cells > labelWidth ? label.slice(0, fittingHead(label, 0, labelWidth)) : label + ' '.repeat(labelWidth - cells);
    let lead = shown + separator;
    for (const whole of splitLines(text)) {
      for (const part of brokenLines(whole, room, room)) {
        line(lead + part);
        lead = indent;
      }
    }
  }
}
