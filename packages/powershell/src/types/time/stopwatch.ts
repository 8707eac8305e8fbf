import { Instance } from '../../values/instance.ts';
import { as } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { namedType } from '../intrinsic.ts';
import { methodTable, overloadList } from '../method-table.ts';
import type { CallContext, NetType, TypeDescription } from '../net-type.ts';
import { TimeSpan } from './time-span.ts';

const name = 'System.Diagnostics.Stopwatch';

/** `System.Diagnostics.Stopwatch`, on the clock of the run: milliseconds. */
class Stopwatch extends Instance {
  #before = 0;
  #startedAt: number | undefined;

  get type(): NetType {
    return namedType(name);
  }
  get isRunning(): boolean {
    return this.#startedAt !== undefined;
  }
  start(now: number): this {
    this.#startedAt ??= now;
    return this;
  }
  stop(now: number): void {
    this.#before = this.elapsed(now);
    this.#startedAt = undefined;
  }
  reset(): this {
    this.#before = 0;
    this.#startedAt = undefined;
    return this;
  }
  elapsed(now: number): number {
    return this.#before + (this.#startedAt === undefined ? 0 : now - this.#startedAt);
  }
}

const self = (value: Value): Stopwatch => as(value, Stopwatch);

function elapsed(value: Value, { clock }: CallContext): number {
  return self(value).elapsed(clock.now());
}

function text(value: Value, context: CallContext): string {
  return context.text(spanOfMilliseconds(elapsed(value, context)));
}

function spanOfMilliseconds(milliseconds: number): TimeSpan {
  return new TimeSpan(BigInt(Math.round(milliseconds * 10_000)));
}

export const stopwatchDescription: TypeDescription = {
  name,
  kind: 'class',
  constructors: overloadList({ [`${name} new()`]: () => new Stopwatch() }),
  staticProperties: {
    Frequency: { type: 'long', get: () => 1_000_000_000n },
    IsHighResolution: { type: 'bool', get: () => true },
  },
  staticMethods: methodTable({
    'static long GetTimestamp()': (_self, _none, { clock }) => BigInt(Math.round(clock.now() * 1_000_000)),
    [`static ${name} StartNew()`]: (_self, _none, { clock }) => new Stopwatch().start(clock.now()),
  }),
  properties: {
    Elapsed: { type: 'timespan', get: (value, context) => spanOfMilliseconds(elapsed(value, context)) },
    ElapsedMilliseconds: { type: 'long', get: (value, context) => BigInt(Math.floor(elapsed(value, context))) },
    ElapsedTicks: { type: 'long', get: (value, context) => BigInt(Math.round(elapsed(value, context) * 1_000_000)) },
    IsRunning: { type: 'bool', get: (value) => self(value).isRunning },
  },
  methods: methodTable({
    'void Reset()': (value) => {
      self(value).reset();
      return undefined;
    },
    'void Restart()': (value, _none, { clock }) => {
      self(value).reset().start(clock.now());
      return undefined;
    },
    'void Start()': (value, _none, { clock }) => {
      self(value).start(clock.now());
      return undefined;
    },
    'void Stop()': (value, _none, { clock }) => {
      self(value).stop(clock.now());
      return undefined;
    },
    'string ToString()': (value, _none, context) => text(value, context),
  }),
  toText: (value, _format, context) => text(value, context),
};
