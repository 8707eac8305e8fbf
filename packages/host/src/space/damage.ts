import { existsSync } from 'node:fs';
import { isProblem, type Problem } from '@joinery/problems';
import type { Logger } from '@joinery/runtime';
import { markDamaged } from './file.ts';
import { toSpaceProblem } from './sqlite-error.ts';

/**
 * Notices that the file of a space is damaged, whoever meets it: SQLite opens such a file and fails later, where it reads.
 * The file is marked, so that whoever opens it next takes another one.
 */
export class Damage {
  readonly #path: string;
  readonly #logger: Logger;
  readonly #found = Promise.withResolvers<Problem>();
  #marked = false;

  constructor(path: string, logger: Logger) {
    this.#path = path;
    this.#logger = logger;
  }

  /** Resolves when damage was met. */
  get found(): Promise<Problem> {
    return this.#found.promise;
  }

  /** Takes notice of a problem if it says that the file is damaged, or gone: whoever has it open still works, and nobody after. */
  note(fault: Problem): void {
    const gone = isProblem(fault, 'HOST_SPACE_UNREADABLE') && !existsSync(this.#path);
    if (this.#marked || !(gone || isProblem(fault, 'HOST_SPACE_CORRUPT'))) return;
    this.#marked = true;
    try {
      markDamaged(this.#path);
    } catch (error) {
      this.#logger.error({ error }, 'the damaged file of the connector space could not be marked');
    }
    this.#found.resolve(fault);
  }

  /** Does what no caller waits for: a storage fault is noted. */
  attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.note(toSpaceProblem(error, this.#path));
    }
  }

  /** Reads from the file. @throws the storage fault as a problem */
  watch<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      const fault = toSpaceProblem(error, this.#path);
      this.note(fault);
      throw fault;
    }
  }
}
