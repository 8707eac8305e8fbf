import { type Connector, type CSEntryChange, type Isolation, parseConfiguration } from '@joinery/connector';
import { createLogger, ManualClock, Redactor, systemRandom } from '@joinery/runtime';
import { onTestFinished } from 'vitest';
import { openConnector } from '../../../src/isolation/open-connector.ts';
import { roughConnector } from './rough-connector.ts';

export const SECRET = 'vault-secret-4711';

/** A rough connector that runs apart, with the log that the host would write. */
export class RoughSession {
  readonly connector: Connector;
  readonly clock: ManualClock;
  readonly redactor: Redactor;
  readonly #lines: string[];

  private constructor(connector: Connector, clock: ManualClock, redactor: Redactor, lines: string[]) {
    this.connector = connector;
    this.clock = clock;
    this.redactor = redactor;
    this.#lines = lines;
  }

  static async start(runIn: Isolation, more: { readonly start?: string } = {}): Promise<RoughSession> {
    const redactor = new Redactor();
    redactor.register(SECRET);
    const lines: string[] = [];
    const clock = new ManualClock();
    const stream = { write: (line: string) => lines.push(line) };
    const logger = createLogger({ stream, level: 'debug', clock, redactor });
    const raw = { Flag: true, ...(more.start === undefined ? {} : { Start: more.start }) };
    const configuration = parseConfiguration(roughConnector.parameters, raw, () => SECRET);
    const connector = await openConnector(
      roughConnector,
      configuration,
      { clock, random: systemRandom, logger, folder: '/its/folder' },
      { name: 'Rough', isolation: { runIn, heapMegabytes: 64 }, cancelGraceMs: 100 },
    );
    const session = new RoughSession(connector, clock, redactor, lines);
    onTestFinished(() => connector[Symbol.asyncDispose]());
    return session;
  }

  /** What the host would have written to its log. */
  get log(): string {
    return this.#lines.join('');
  }

  async do(what: string, signal: AbortSignal = new AbortController().signal): Promise<readonly CSEntryChange[]> {
    const query = { schema: { types: [] }, objectType: 'user', attribute: 'what', value: what };
    return (await this.connector.lookup?.(query, signal)) ?? [];
  }
}
