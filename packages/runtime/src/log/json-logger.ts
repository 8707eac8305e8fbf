import { type DestinationStream, type Logger as PinoLogger, pino } from 'pino';
import type { Clock } from '../clock.ts';
import type { LogFields, Logger } from '../logger.ts';
import type { Redactor } from './redactor.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** From the least important to the most. */
export const logLevels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

export interface LoggerOptions {
  /** Where the lines go; anything with `write(text)`, e.g. `process.stderr` or a file stream. */
  readonly stream: DestinationStream;
  /** The least important level that is written. */
  readonly level: LogLevel;
  readonly clock: Clock;
  readonly redactor: Redactor;
  /** Fields of every line, e.g. `{ room: 'host' }`. */
  readonly fields?: LogFields;
}

/**
 * A logger that writes one JSON object a line: `time` (RFC 3339, UTC), `level` as a word, the fields, `msg`.
 * Redaction happens here, before pino sees anything, because pino's own works on paths known beforehand and ours must hold at any depth.
 */
export function createLogger({ stream, level, clock, redactor, fields = {} }: LoggerOptions): Logger {
  const sink = pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date(clock.now()).toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    stream,
  );
  return new RedactingLogger(sink, redactor, fields);
}

class RedactingLogger implements Logger {
  readonly #sink: PinoLogger;
  readonly #redactor: Redactor;
  readonly #fields: LogFields;

  constructor(sink: PinoLogger, redactor: Redactor, fields: LogFields) {
    this.#sink = sink;
    this.#redactor = redactor;
    this.#fields = fields;
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
    return new RedactingLogger(this.#sink, this.#redactor, { ...this.#fields, ...fields });
  }

  #write(level: LogLevel, fields: LogFields, message: string): void {
    if (!this.#sink.isLevelEnabled(level)) return;
    const all = this.#redactor.value({ ...this.#fields, ...fields });
    this.#sink[level](renameReserved(all), this.#redactor.text(message));
  }
}

/** The line's own members; a field of the same name would make the JSON object carry a key twice. */
const reserved = new Set(['level', 'time', 'msg']);

function renameReserved(fields: unknown): object {
  if (typeof fields !== 'object' || fields === null) return {};
  const entries = Object.entries(fields);
  if (!entries.some(([name]) => reserved.has(name))) return fields;
  return Object.fromEntries(entries.map(([name, value]) => [reserved.has(name) ? `${name}_` : name, value]));
}
