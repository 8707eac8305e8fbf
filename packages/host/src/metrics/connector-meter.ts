import { isProblem } from '@joinery/problems';
import { Distribution, type Sample } from '@joinery/runtime';
import type { RunRecord } from '../space/run-record.ts';
import type { CallObserver } from './measured-connector.ts';
import { RequestMeter } from './request-meter.ts';

/** Upper bounds in seconds. */
const IMPORT_SECONDS = [0.1, 0.5, 1, 5, 15, 60, 300, 900, 3_600, 14_400];
/** From what nobody notices to what every caller does. */
const BLOCKING_SECONDS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 5];

/** How a write ended for its caller. */
type WriteOutcome = 'done' | 'refused' | 'unavailable' | 'inDoubt' | 'failed';

/** What is counted of one connector. It outlives the connector: one that is started again goes on counting. */
export class ConnectorMeter implements CallObserver {
  readonly requests = new RequestMeter();
  /** Time that calls of a connector in this thread kept the thread to themselves. */
  readonly blocking = new Distribution(BLOCKING_SECONDS);
  /** Standstills of the thread while a call of a connector was on its way in it. */
  readonly stalls = new Distribution(BLOCKING_SECONDS);
  readonly importSeconds = new Distribution(IMPORT_SECONDS);
  /** How often the thread or process of a connector that runs apart has ended. */
  deaths = 0;
  /** When an import was last taken over, in milliseconds since 1970. */
  importedAt: number | null = null;
  #calls = 0;
  #called = false;
  readonly #imports = new Map<string, { readonly labels: Record<string, string>; value: number }>();
  readonly #writes = new Map<WriteOutcome, number>();

  importEnded({
    kind,
    outcome,
    startedAt,
    endedAt,
  }: Pick<RunRecord, 'kind' | 'outcome' | 'startedAt' | 'endedAt'>): void {
    const key = `${kind} ${outcome}`;
    const line = this.#imports.get(key) ?? { labels: { kind, outcome }, value: 0 };
    line.value += 1;
    this.#imports.set(key, line);
    this.importSeconds.observe(Math.max(0, endedAt - startedAt) / 1000);
    if (outcome === 'finished' || outcome === 'finishedWithErrors') this.importedAt = endedAt;
  }

  begun(): void {
    this.#calls += 1;
    this.#called = true;
  }

  waits(_member: string, seconds: number): void {
    this.blocking.observe(seconds);
  }

  ended(): void {
    this.#calls -= 1;
  }

  /** Whether a call was on its way in this thread at any time since this was last asked. */
  wasCalled(): boolean {
    const called = this.#called;
    this.#called = this.#calls > 0;
    return called;
  }

  died(): void {
    this.deaths += 1;
  }

  /** Counts a write when it has ended; whoever waits for it hears of its fault. */
  writing(write: Promise<unknown>): void {
    write.then(
      () => this.#wrote('done'),
      (error: unknown) => this.#wrote(outcomeOf(error)),
    );
  }

  *imports(connector: string): Generator<Sample> {
    for (const { labels, value } of this.#imports.values()) yield { labels: { connector, ...labels }, value };
  }

  *writes(connector: string): Generator<Sample> {
    for (const [outcome, value] of this.#writes) yield { labels: { connector, outcome }, value };
  }

  #wrote(outcome: WriteOutcome): void {
    this.#writes.set(outcome, (this.#writes.get(outcome) ?? 0) + 1);
  }
}

function outcomeOf(error: unknown): WriteOutcome {
  if (isProblem(error, 'HOST_OBJECT_IN_DOUBT')) return 'inDoubt';
  if (!isProblem(error) || error.kind === 'internal') return 'failed';
  return error.kind === 'unavailable' ? 'unavailable' : 'refused';
}
