/**
 * A part of a text by UTF-16 units, the units in which .NET counts and in which directories limit lengths,
 * but never half a character: a pair that the cut would split is left out.
 */
export function sliceText(text: string, start: number, end: number): string {
  const from = splitsPair(text, start) ? start + 1 : start;
  const to = splitsPair(text, end) ? end - 1 : end;
  return text.slice(from, Math.max(from, to));
}

function splitsPair(text: string, offset: number): boolean {
  return offset > 0 && offset < text.length && (text.codePointAt(offset - 1) ?? 0) > 0xffff;
}
