import type { LogFields, Logger, Redactor } from '@joinery/runtime';
import type { LogLevelName, RunnerMessage } from '../protocol.ts';

/** Lines of one second that are handed over; a connector that logs in a circle must not keep the host busy. */
const LINES_PER_SECOND = 500;

/** The logger of a connector in a runner: every line goes to the host, which redacts it once more with all that it knows. */
export class RemoteLogger implements Logger {
  readonly #post: (message: RunnerMessage<unknown>) => void;
  readonly #redactor: Redactor;
  readonly #fields: LogFields;
  readonly #budget: { second: number; left: number; dropped: number };

  constructor(
    post: (message: RunnerMessage<unknown>) => void,
    redactor: Redactor,
    fields: LogFields = {},
    budget = { second: 0, left: LINES_PER_SECOND, dropped: 0 },
  ) {
    this.#post = post;
    this.#redactor = redactor;
    this.#fields = fields;
    this.#budget = budget;
  }
  debug(fields: LogFields, message: string): void {
    this.#write('debug', fields, message);
  }
  info(fields: LogFields, message: string): void {
    this.#write('info', fields, message);
  }
  warn(fields: LogFields, message: string): void {
    this.#write('warn', fields, message);
  }
  error(fields: LogFields, message: string): void {
    this.#write('error', fields, message);
  }
  child(fields: LogFields): Logger {
    return new RemoteLogger(this.#post, this.#redactor, { ...this.#fields, ...fields }, this.#budget);
  }

  #write(level: LogLevelName, fields: LogFields, message: string): void {
    const budget = this.#budget;
    const second = Math.floor(performance.now() / 1000);
    if (second !== budget.second) {
      const { dropped } = budget;
      Object.assign(budget, { second, left: LINES_PER_SECOND, dropped: 0 });
      if (dropped > 0) this.#write('warn', { dropped }, 'the connector logged more lines than are carried over');
    }
    if (budget.left <= 0) {
      budget.dropped += 1;
      return;
    }
    budget.left -= 1;
    // The redactor's copy is plain and bounded, so that it can be cloned whatever the connector put in.
    const plain = this.#redactor.value({ ...this.#fields, ...fields });
    this.#post({ type: 'log', level, fields: isFields(plain) ? plain : {}, message: this.#redactor.text(message) });
  }
}

function isFields(value: unknown): value is LogFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
