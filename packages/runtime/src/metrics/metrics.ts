import { Counter, Gauge, Histogram, type MetricValueWithName, Registry } from 'prom-client';
import type { Distribution } from './distribution.ts';

/** One line of a metric. Labels hold names from the configuration and fixed words: never ids, people or secrets. */
export interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface DistributionSample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: Distribution;
}

/**
 * The metrics of one server. Nothing is counted here: each metric says where its numbers are, and they are fetched when somebody
 * reads them. A registry belongs to one server and not to the process, so that two of them in one process stay apart.
 */
export class Metrics {
  readonly #registry = new Registry();

  readonly contentType: string = this.#registry.contentType;

  /** A number that only grows. @param name ends with `_total` */
  counter(name: string, help: string, labels: readonly string[], collect: () => Iterable<Sample>): void {
    new Counter({
      name,
      help,
      labelNames: [...labels],
      registers: [this.#registry],
      collect() {
        this.reset();
        for (const { labels: own = {}, value } of collect()) this.inc({ ...own }, value);
      },
    });
  }

  /** A number that is what it is now. */
  gauge(name: string, help: string, labels: readonly string[], collect: () => Iterable<Sample>): void {
    new Gauge({
      name,
      help,
      labelNames: [...labels],
      registers: [this.#registry],
      collect() {
        this.reset();
        for (const { labels: own = {}, value } of collect()) this.set({ ...own }, value);
      },
    });
  }

  histogram(name: string, help: string, labels: readonly string[], collect: () => Iterable<DistributionSample>): void {
    this.#registry.registerMetric(new CollectedHistogram(name, help, labels, collect));
  }

  /** Everything in the text format of Prometheus. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }
}

/** A histogram whose numbers are elsewhere; the library's own would keep and hash a label object for every observation. */
class CollectedHistogram extends Histogram {
  readonly #facts: { readonly name: string; readonly help: string };
  readonly #collect: () => Iterable<DistributionSample>;

  constructor(name: string, help: string, labels: readonly string[], collect: () => Iterable<DistributionSample>) {
    super({ name, help, labelNames: [...labels], registers: [] });
    this.#facts = { name, help };
    this.#collect = collect;
  }

  /** What the registry asks for where it prints text. */
  async getForPromString(): Promise<object> {
    return { ...this.#facts, type: 'histogram', values: [...this.#values()] };
  }

  *#values(): Generator<MetricValueWithName<string>> {
    const { name } = this.#facts;
    for (const { labels = {}, value } of this.#collect()) {
      const counts = value.cumulative();
      for (const [at, count] of counts.entries()) {
        yield { metricName: `${name}_bucket`, labels: { ...labels, le: value.bounds[at] ?? '+Inf' }, value: count };
      }
      yield { metricName: `${name}_sum`, labels, value: value.sum };
      yield { metricName: `${name}_count`, labels, value: counts.at(-1) ?? 0 };
    }
  }
}
