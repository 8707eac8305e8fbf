import type { BoundedText } from '../values/bounded-text.ts';
import type { MatchBounds } from './matcher.ts';
import type { Program } from './program.ts';

type Piece =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'group'; readonly capture: number }
  | { readonly kind: 'match' | 'before' | 'behind' | 'whole' | 'lastGroup' };

/** A parsed .NET replacement pattern: `$1`, `${name}`, `$0`, `$&`, `` $` ``, `$'`, `$+`, `$_`, `$$`. */
export type Substitution = readonly Piece[];

const special: ReadonlyMap<string, 'match' | 'before' | 'behind' | 'whole' | 'lastGroup'> = new Map([
  ['&', 'match'],
  ['0', 'match'],
  ['`', 'before'],
  ["'", 'behind'],
  ['_', 'whole'],
  ['+', 'lastGroup'],
]);

/** Reads a replacement for one program. What names no group of it stands for itself, as in .NET. */
export function parseSubstitution(text: string, program: Program): Substitution {
  const pieces: Piece[] = [];
  let done = 0;
  for (const found of text.matchAll(/\$(?:([0-9]+)|\{(\w+)\}|([&`'_+])|(\$))/gu)) {
    pieces.push({ kind: 'literal', text: text.slice(done, found.index) });
    done = found.index + found[0].length;
    const name = found[1] ?? found[2] ?? found[3] ?? '';
    const kind = special.get(name);
    const capture = program.captures.get(name);
    if (found[4] !== undefined) pieces.push({ kind: 'literal', text: '$' });
    else if (kind !== undefined) pieces.push({ kind });
    else if (capture !== undefined) pieces.push({ kind: 'group', capture });
    else pieces.push({ kind: 'literal', text: found[0] });
  }
  pieces.push({ kind: 'literal', text: text.slice(done) });
  return pieces;
}

/** Adds what one match is replaced by. */
export function substitute(pieces: Substitution, text: string, match: MatchBounds, into: BoundedText): void {
  for (const piece of pieces) {
    switch (piece.kind) {
      case 'literal':
        into.add(piece.text);
        break;
      case 'group':
        into.add(groupText(text, match, piece.capture) ?? '');
        break;
      case 'match':
        into.add(text.slice(match.start, match.end));
        break;
      case 'before':
        into.add(text.slice(0, match.start));
        break;
      case 'behind':
        into.add(text.slice(match.end));
        break;
      case 'whole':
        into.add(text);
        break;
      case 'lastGroup':
        into.add(lastGroup(text, match));
    }
  }
}

/** The text of a group, or undefined when it took no part in the match. */
export function groupText(text: string, match: MatchBounds, capture: number): string | undefined {
  const start = match.slots[capture * 2] ?? -1;
  const end = match.slots[capture * 2 + 1] ?? -1;
  return start < 0 || end < start ? undefined : text.slice(start, end);
}

function lastGroup(text: string, match: MatchBounds): string {
  return groupText(text, match, match.slots.length / 2 - 1) ?? '';
}
