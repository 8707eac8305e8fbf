import type { Space } from '../space/space.ts';
import type { PasswordUnknown } from '../space/writer/calls.ts';

/**
 * Created objects of which nobody knows whether their password was set: a call failed, or the process died before it came
 * back. They stay visible until an administrator has looked after them (issue 5, part 3). The space keeps them; this is what
 * is asked while the host runs.
 */
export class UnknownPasswords {
  readonly #space: Space;
  readonly #since: Map<string, number>;

  constructor(space: Space) {
    this.#space = space;
    this.#since = new Map(space.state.passwordUnknown.map(({ id, since }) => [id, since]));
  }

  all(): readonly PasswordUnknown[] {
    return [...this.#since].map(([id, since]) => ({ id, since }));
  }
  has(id: string): boolean {
    return this.#since.has(id);
  }

  /** The space has noted it already, in the transaction that confirmed the object. @param since milliseconds since 1970 */
  note(id: string, since: number): void {
    if (!this.#since.has(id)) this.#since.set(id, since);
  }

  /** The object is gone, and its password with it. */
  drop(id: string): void {
    this.#since.delete(id);
  }

  /** The password is known to be set, or a person has looked after it. */
  async settle(id: string): Promise<void> {
    await this.#space.writer.call('passwordKnown', [id]);
    this.#since.delete(id);
  }
}
