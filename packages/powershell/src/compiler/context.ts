import type { Source } from '../syntax/source.ts';
import type { UsingStatement } from '../syntax/tree/index.ts';

/** What the compiler knows while it compiles one script block: the slots of its variables, and where it stands. */
export class CompileContext {
  readonly source: Source;
  /** `using` statements of the script around. */
  readonly usings: readonly UsingStatement[];
  /** Namespaces of `using namespace`, where type names are looked up as well. */
  readonly namespaces: readonly string[];
  /** The body of a method of a class: `return` hands its value over, other output goes nowhere. */
  readonly isMethod: boolean;
  /** While the parts of a string are compiled, at any depth. */
  isInText = false;
  /** Folded names of variables to slots: grows as names are met. */
  readonly layout = new Map<string, number>();

  constructor(source: Source, usings: readonly UsingStatement[] = [], isMethod = false) {
    this.isMethod = isMethod;
    this.source = source;
    this.usings = usings;
    this.namespaces = usings.filter((using) => using.what === 'namespace').map((using) => using.name?.value ?? '');
  }

  /** The slot of a variable name. */
  slot(folded: string): number {
    let slot = this.layout.get(folded);
    if (slot === undefined) {
      slot = this.layout.size;
      this.layout.set(folded, slot);
    }
    return slot;
  }
}
