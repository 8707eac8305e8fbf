import { parseFailure } from '../runtime/parse-failure.ts';
import { messageOf, type ParseErrorId } from '../syntax/messages.ts';
import type { ParseError } from '../syntax/parse-error.ts';
import type { Source } from '../syntax/source.ts';
import type { Extent } from '../syntax/tree/index.ts';

/** What keeps types from being defined, found when their script is about to run. */
export class DefinitionErrors {
  readonly #source: Source;
  readonly #errors: ParseError[] = [];

  constructor(source: Source) {
    this.#source = source;
  }

  report(id: ParseErrorId, { start, end }: Extent, ...args: readonly string[]): void {
    this.#errors.push({ id, message: messageOf(id, args), start, end });
  }

  /** Throws a ParseException with all that was reported, if anything was. */
  throwIfAny(): void {
    if (this.#errors.length > 0) throw parseFailure(this.#source, this.#errors);
  }
}
