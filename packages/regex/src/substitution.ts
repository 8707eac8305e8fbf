/** A piece of a replacement: text, a group, or a part around the match. */
export type SubstitutionPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'group'; readonly number: number }
  | { readonly kind: 'before' | 'behind' | 'whole' | 'lastGroup' };

/** What a pattern knows of its groups. */
export interface GroupNames {
  numberOf(name: string): number | undefined;
  nameOf(number: number): string | undefined;
}

const special: ReadonlyMap<string, SubstitutionPiece> = new Map<string, SubstitutionPiece>([
  ['$', { kind: 'text', text: '$' }],
  ['&', { kind: 'group', number: 0 }],
  ['`', { kind: 'before' }],
  ["'", { kind: 'behind' }],
  ['_', { kind: 'whole' }],
  ['+', { kind: 'lastGroup' }],
]);

/** Reads a replacement. What names no group of the pattern stands for itself. */
export function parseSubstitution(replacement: string, groups: GroupNames): readonly SubstitutionPiece[] {
  const pieces: SubstitutionPiece[] = [];
  let done = 0;
  for (const found of replacement.matchAll(/\$(?:(\d+)|\{([\p{L}\p{Mn}\p{Nd}\p{Pc}]+)\}|([&`'_+$]))/gu)) {
    const [all, digits, name, sign = ''] = found;
    const number = numberOf(digits ?? name ?? '', groups);
    const piece = special.get(sign) ?? (number === undefined ? undefined : { kind: 'group' as const, number });
    if (piece === undefined) continue;
    if (found.index > done) pieces.push({ kind: 'text', text: replacement.slice(done, found.index) });
    pieces.push(piece);
    done = found.index + all.length;
  }
  if (done < replacement.length) pieces.push({ kind: 'text', text: replacement.slice(done) });
  return pieces;
}

/** Digits are the number of a group, also of one that has a name. */
function numberOf(name: string, groups: GroupNames): number | undefined {
  if (!/^\d+$/.test(name)) return groups.numberOf(name);
  return groups.nameOf(Number(name)) === undefined ? undefined : Number(name);
}
