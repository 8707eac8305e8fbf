import type { CSEntryChange } from '@joinery/connector';
import type { InDoubt } from '../export/in-doubt.ts';
import { journalled } from '../export/journal-entry.ts';
import type { Shape } from '../object/shape.ts';
import type { Space } from '../space/space.ts';
import type { DeltaRenames } from './delta-renames.ts';
import { wholeObject } from './imported-entry.ts';

interface DoubtfulRename {
  readonly identifier: string;
  /** The id that the object keeps. */
  readonly id: string;
  readonly is: string;
  /** What bears the new anchor in the target. */
  bearer?: CSEntryChange;
  /** The target still has an object of the former anchor. */
  former: boolean;
}

/**
 * Writes in doubt that would give an object another anchor, as a full import meets them. Where only the new anchor is there the
 * rename was done: the object keeps its id, instead of being one that went and one that came. Where both are there, they are two.
 */
export class DoubtfulRenames {
  readonly #doubts: Pick<InDoubt, 'all'>;
  readonly #byId = new Map<string, DoubtfulRename>();

  constructor(doubts: Pick<InDoubt, 'all'>, space: Pick<Space, 'idOf' | 'get'>) {
    this.#doubts = doubts;
    for (const entry of doubts.all()) {
      const is = journalled(entry)?.renamedTo;
      if (is === undefined || entry.id === null || space.get(space.idOf(is)) !== undefined) continue;
      const rename = { identifier: entry.identifier, id: entry.id, is, former: false };
      this.#byId.set(entry.id, rename);
      this.#byId.set(space.idOf(is), rename);
    }
  }

  /** Notes an object that the import has brought. */
  meet(id: string, entry: CSEntryChange): void {
    const rename = this.#byId.get(id);
    if (rename === undefined) return;
    if (id === rename.id) rename.former = true;
    else rename.bearer = entry;
  }

  /**
   * Gives what bears a new anchor the id of the object that was to get it.
   * @returns how many objects are not new after all
   */
  async settle(shape: Shape, space: Space, renames: DeltaRenames, now: number): Promise<number> {
    const undecided = new Set(this.#doubts.all().map(({ identifier }) => identifier));
    let settled = 0;
    for (const { identifier, id, is, bearer, former } of new Set(this.#byId.values())) {
      if (bearer === undefined || former || !undecided.has(identifier)) continue;
      const stranger = space.idOf(is);
      const was = space.identityOf(id);
      const imported = wholeObject(shape, (identity) => (identity === is ? id : space.idOf(identity)), bearer);
      if (imported?.kind !== 'row' || renames.rename(id, { was, is }) !== undefined) continue;
      await space.stage({ rows: [imported.row], keep: [], gone: [stranger], again: true, now });
      settled += 1;
    }
    return settled;
  }
}
