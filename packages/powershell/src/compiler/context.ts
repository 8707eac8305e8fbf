import type { Source } from '../syntax/source.ts';
import type { UsingStatement } from '../syntax/tree/index.ts';

/** What the compiler knows while it compiles one script block: the slots of its variables, and where it stands. */
export class CompileContext {
  readonly source: Source;
  /** `using` statements of the script around. */
  readonly usings: readonly UsingStatement[];
  /** Folded names of variables by slot: grows as names are met. */
  readonly slotNames: string[] = [];
  readonly layout = new Map<string, number>();

  constructor(source: Source, usings: readonly UsingStatement[] = []) {
    this.source = source;
    this.usings = usings;
  }

  /** The slot of a variable name. */
  slot(folded: string): number {
    let slot = this.layout.get(folded);
    if (slot === undefined) {
      slot = this.slotNames.length;
      this.slotNames.push(folded);
      this.layout.set(folded, slot);
    }
    return slot;
  }
}
