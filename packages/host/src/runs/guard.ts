import type { ImportGuard } from '../configuration/import-guard.ts';
import type { HeldReason } from '../space/run-record.ts';

/** Objects that may always go, or be blanked: a share of a small number is no measure. */
export const ALWAYS_ALLOWED = 5;

/** How many objects something happened to, and the ids of some of them. */
export interface Count {
  readonly count: number;
  readonly examples: readonly string[];
}

/** What an import did not bring of one resource type. */
export interface Missed {
  readonly type: string;
  /** Objects that would go. */
  readonly count: number;
  /** Objects of the content that answers. */
  readonly of: number;
  /** It brought nothing of the type at all. */
  readonly emptied: boolean;
}

export interface Losses {
  /** The whole target was read: an import that brings nothing means that nobody is left. */
  readonly whole: boolean;
  /** Objects of the content that answers. */
  readonly before: number;
  /** Objects that the import brought. */
  readonly brought: number;
  readonly deletes: Count;
  /** Of a connector with several resource types: each of them that the import brought less of. */
  readonly missed: readonly Missed[];
  /** By attribute: objects that had a value and would have none. */
  readonly blanks: ReadonlyMap<string, Count>;
}

/**
 * Everything that an import would lose too much of. Losing accounts, or what accounts are known by, is the one thing that a
 * host must not do by itself: such an import is held back and the content before it goes on answering.
 */
export function heldReasons(
  guard: ImportGuard,
  { whole, before, brought, deletes, missed, blanks }: Losses,
): HeldReason[] {
  if (whole && before > 0 && brought === 0) {
    return [{ guard: 'empty', count: before, of: before, allowed: 0, examples: deletes.examples }];
  }
  const reasons: HeldReason[] = [];
  const deletable = deletableOf(guard, before);
  // A target that lost the right to one type, or a file that is empty, is a small share of everything, and all of its kind.
  for (const { type, count, of, emptied } of missed) {
    const allowed = emptied ? ALWAYS_ALLOWED : deletableOf(guard, of);
    if (count <= allowed) continue;
    reasons.push({ guard: emptied ? 'empty' : 'deletes', type, count, of, allowed, examples: deletes.examples });
  }
  if (deletes.count > deletable) reasons.push({ guard: 'deletes', of: before, allowed: deletable, ...deletes });
  const blankable = share(before, guard.maxBlankPercent);
  for (const [attribute, blank] of blanks) {
    if (blank.count > blankable) reasons.push({ guard: 'blanks', attribute, of: before, allowed: blankable, ...blank });
  }
  return reasons;
}

/**
 * The reasons that nobody has accepted. Who accepts a report has looked at what it names; the import that follows reads the
 * target anew, and what it would lose beyond that (a few may always go) nobody has looked at: it is held back again.
 */
export function notAccepted(found: readonly HeldReason[], accepted: readonly HeldReason[]): HeldReason[] {
  return found.filter(
    (reason) => !accepted.some((each) => covers(each, reason) && reason.count <= each.count + ALWAYS_ALLOWED),
  );
}

/** Who accepted that nobody is left accepted that some are gone. */
function covers(accepted: HeldReason, found: HeldReason): boolean {
  if (accepted.guard === 'empty' && accepted.type === undefined) return found.guard !== 'blanks';
  return accepted.guard === found.guard && accepted.attribute === found.attribute && accepted.type === found.type;
}

/** A reason in words, without the examples. */
export function heldSentence({ guard, attribute, type, count, of, allowed }: HeldReason): string {
  switch (guard) {
    case 'empty':
      if (type !== undefined) return `The import brought nothing of the type "${type}"; ${count} would be deleted.`;
      return `The import brought no object that can be used; ${of} are known.`;
    case 'deletes': {
      const kind = type === undefined ? 'objects' : `objects of the type "${type}"`;
      return `The import would delete ${count} of ${of} ${kind}; ${allowed} are allowed.`;
    }
    case 'blanks':
      return `The import would take away the value of "${attribute}" from ${count} of ${of} objects; ${allowed} are allowed.`;
  }
}

function deletableOf(guard: ImportGuard, before: number): number {
  return Math.min(share(before, guard.maxDeletePercent), Math.max(ALWAYS_ALLOWED, guard.maxDeletes));
}

function share(before: number, percent: number): number {
  return Math.max(ALWAYS_ALLOWED, Math.floor((before * percent) / 100));
}
