import { type Problem, problem } from '@joinery/problems';
import type { Random } from '@joinery/runtime';
import { renameAliases } from '../export/settle.ts';
import type { Space } from '../space/space.ts';
import type { AnchorChange } from './imported-entry.ts';

/**
 * The objects that a delta import gives another anchor. They keep their ids; the space learns of it when the import is taken
 * over, and until then the later entries of the same import are read by what is known here.
 */
export class DeltaRenames {
  readonly #space: Space;
  readonly #random: Random;
  readonly #ids = new Map<string, string>();

  constructor(space: Space, random: Random) {
    this.#space = space;
    this.#random = random;
  }

  /** The id of the object that is called so after everything that the import has told so far. */
  readonly idOf = (identity: string): string => this.#ids.get(identity) ?? this.#space.idOf(identity);

  /** @returns HOST_DELTA_ANCHOR_TAKEN when another object still has the new anchor */
  rename(id: string, { was, is }: AnchorChange): Problem | undefined {
    const bearer = this.idOf(is);
    if (bearer !== id && this.#space.get(bearer) !== undefined) {
      return problem('HOST_DELTA_ANCHOR_TAKEN', 'The object takes the anchor of another one that is still there.');
    }
    for (const alias of renameAliases(this, this.#random, id, was, is)) this.#ids.set(alias.identity, alias.id);
    return undefined;
  }

  /**
   * Tells the space, right before the new content becomes visible. A process that dies in between leaves names of objects whose
   * content is still the former one; the anchor that exports are given by them is the one that the target has.
   */
  async write(): Promise<void> {
    const aliases = [...this.#ids].map(([identity, id]) => ({ identity, id }));
    if (aliases.length > 0) await this.#space.writer.call('importAliases', aliases);
  }
}
