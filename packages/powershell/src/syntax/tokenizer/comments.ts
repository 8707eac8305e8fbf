import { isNewline, isWhitespace } from './characters.ts';
import type { Tokenizer } from './tokenizer.ts';

/** A comment to the end of its line; stands at its `#`. */
export function scanLineComment(tokenizer: Tokenizer): void {
  const { text } = tokenizer;
  const start = tokenizer.at;
  let end = start + 1;
  while (end < text.length && !isNewline(text.charCodeAt(end))) end++;
  tokenizer.at = end;
  const first = text.charCodeAt(start + 1) | 32;
  if (first === 114 && !tokenizer.isNested && /^requires/i.test(text.slice(start + 1, start + 9))) {
    tokenizer.host.addRequirement(start, text.slice(start + 1, end));
  } else if (end - start >= 14 && looksLikeSignature(text.slice(start + 1, Math.min(end, start + 200)))) {
    tokenizer.host.beginSignature(start);
  }
}

/** `<# … #>`; stands at its `<`. */
export function scanBlockComment(tokenizer: Tokenizer): void {
  const start = tokenizer.at;
  const close = tokenizer.text.indexOf('#>', start + 2);
  if (close >= 0) {
    tokenizer.at = close + 2;
    return;
  }
  tokenizer.at = tokenizer.text.length;
  tokenizer.report('MissingTerminatorMultiLineComment', start, tokenizer.at);
}

const signature = 'sig#beginsignatureblock';
const tolerance = 10;

/**
 * A comment that is, or could be mistaken for, `# SIG # Begin signature block`: fewer than ten edits away from it, blanks
 * and letter case aside.
 */
function looksLikeSignature(comment: string): boolean {
  let squeezed = '';
  for (let at = 0; at < comment.length && squeezed.length < 40; at++) {
    if (!isWhitespace(comment.charCodeAt(at))) squeezed += comment.charAt(at);
  }
  if (squeezed.length < signature.length - tolerance || squeezed.length > signature.length + tolerance) return false;
  return editDistance(squeezed.toLowerCase(), signature) < tolerance;
}

function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let at = 1; at <= left.length; at++) {
    const next = [at];
    for (let to = 1; to <= right.length; to++) {
      const diagonal = row[to - 1] ?? 0;
      if (left[at - 1] === right[to - 1]) next.push(diagonal);
      else next.push(1 + Math.min(diagonal, row[to] ?? 0, next[to - 1] ?? 0));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
