import { problem } from '@joinery/problems';

/** What is wrong with the parameters of a connector; an administrator is told everything at once. */
export class Findings {
  readonly #found: { readonly parameter: string; readonly message: string }[] = [];

  /** @param message a sentence; never holds a secret */
  add(parameter: string, message: string): void {
    this.#found.push({ parameter, message });
  }

  /** @throws CONNECTOR_CONFIGURATION_INVALID when there is any */
  throwIfAny(): void {
    const [first] = this.#found;
    if (first === undefined) return;
    throw problem(
      'CONNECTOR_CONFIGURATION_INVALID',
      this.#found.map(({ parameter, message }) => `${parameter}: ${message}`).join(' '),
      this.#found.length === 1 ? { place: `parameter "${first.parameter}"` } : {},
    );
  }
}
