import { type Clock, type DistributionSample, Metrics, observeProcess, type Sample } from '@joinery/runtime';
import type { ConnectorStatus } from '../hosted-connector.ts';
import { ConnectorMeter } from './connector-meter.ts';
import { watchStalls } from './stall-watch.ts';

/** What is asked for when somebody reads the metrics. */
export interface HostFacts {
  readonly clock: Clock;
  readonly statuses: () => readonly ConnectorStatus[];
  /** Days until the certificate of the listener expires. */
  readonly certificateDays: () => number;
}

/** The numbers of one host. Labels are names of connectors and fixed words: never ids, people or secrets. */
export class HostMetrics {
  readonly #metrics = new Metrics();
  readonly #meters = new Map<string, ConnectorMeter>();
  readonly #refused = { connections: 0, connectionsPerAddress: 0 };
  readonly #stopObserving: () => void;

  constructor(facts: HostFacts) {
    const stops = [observeProcess(this.#metrics), watchStalls(facts.clock, () => this.#meters.values())];
    this.#stopObserving = () => {
      for (const stop of stops) stop();
    };
    this.#addTraffic();
    this.#addWork();
    this.#addStates(facts);
  }

  readonly contentType: string = this.#metrics.contentType;

  text(): Promise<string> {
    return this.#metrics.text();
  }

  /** The meter of a configured connector. */
  meter(connector: string): ConnectorMeter {
    const known = this.#meters.get(connector);
    if (known !== undefined) return known;
    const meter = new ConnectorMeter();
    this.#meters.set(connector, meter);
    return meter;
  }

  /** Counts a request; one for a connector that is not configured belongs to nobody and makes no line. @param status 0 when no answer went out */
  requestEnded(connector: string, method: string | undefined, status: number, milliseconds: number): void {
    this.#meters.get(connector)?.requests.ended(method, status, milliseconds);
  }

  connectionRefused(reason: 'connections' | 'connectionsPerAddress'): void {
    this.#refused[reason] += 1;
  }

  close(): void {
    this.#stopObserving();
  }

  #addTraffic(): void {
    const metrics = this.#metrics;
    metrics.counter('joinery_requests_total', 'Requests to a connector.', ['connector', 'method', 'status'], () =>
      this.#each((meter, connector) => meter.requests.samples(connector)),
    );
    metrics.histogram(
      'joinery_request_duration_seconds',
      'From a request’s arrival to its answer’s end.',
      ['connector'],
      () => this.#distributions((meter) => meter.requests.seconds),
    );
    metrics.counter(
      'joinery_connections_refused_total',
      'Connections closed because there were too many.',
      ['limit'],
      () => Object.entries(this.#refused).map(([limit, value]) => ({ labels: { limit }, value })),
    );
  }

  #addWork(): void {
    const metrics = this.#metrics;
    metrics.counter('joinery_imports_total', 'Imports that have ended.', ['connector', 'kind', 'outcome'], () =>
      this.#each((meter, connector) => meter.imports(connector)),
    );
    metrics.histogram('joinery_import_duration_seconds', 'How long imports took.', ['connector'], () =>
      this.#distributions((meter) => meter.importSeconds),
    );
    metrics.counter('joinery_exports_total', 'Writes to a target that have ended.', ['connector', 'outcome'], () =>
      this.#each((meter, connector) => meter.writes(connector)),
    );
    metrics.counter(
      'joinery_connector_ended_total',
      'How often the thread or process of a connector that runs apart has ended.',
      ['connector'],
      () => this.#each((meter, connector) => [{ labels: { connector }, value: meter.deaths }]),
    );
    metrics.histogram(
      'joinery_connector_blocking_seconds',
      'Time that a call of a connector kept the host’s thread to itself; connectors that run apart have none.',
      ['connector'],
      () => this.#distributions((meter) => meter.blocking),
    );
    metrics.histogram(
      'joinery_connector_stall_seconds',
      'Standstills of the host’s thread while a call of this connector was on its way in it; it is suspected, not convicted.',
      ['connector'],
      () => this.#distributions((meter) => meter.stalls),
    );
  }

  #addStates({ clock, statuses, certificateDays }: HostFacts): void {
    const gauge = (name: string, help: string, value: (status: ConnectorStatus) => number | undefined): void =>
      this.#metrics.gauge(name, help, ['connector'], () =>
        statuses().flatMap((status) => {
          const now = value(status);
          return now === undefined ? [] : [{ labels: { connector: status.name }, value: now }];
        }),
      );
    gauge('joinery_connector_serving', '1 while the connector answers.', ({ state }) => (state === 'serving' ? 1 : 0));
    gauge('joinery_objects', 'Objects that the connector answers for.', ({ objects }) => objects);
    gauge('joinery_waiting_writes', 'Writes that wait for the target.', ({ waitingWrites }) => waitingWrites);
    gauge('joinery_writes_in_doubt', 'Writes without a known outcome.', ({ inDoubt }) => inDoubt.length);
    gauge(
      'joinery_passwords_unknown',
      'Created objects of which nobody knows whether their password was set.',
      ({ passwordUnknown }) => passwordUnknown.length,
    );
    gauge('joinery_read_only', '1 while the connector writes nothing.', ({ readOnly }) =>
      readOnly === undefined ? 0 : 1,
    );
    gauge('joinery_import_held_back', '1 while the last import waits to be accepted.', ({ lastImport }) =>
      lastImport?.outcome === 'heldBack' ? 1 : 0,
    );
    gauge('joinery_last_import_age_seconds', 'Since an import was last taken over.', ({ name }) => {
      const at = this.#meters.get(name)?.importedAt ?? null;
      return at === null ? undefined : Math.max(0, clock.now() - at) / 1000;
    });
    this.#metrics.gauge('joinery_certificate_days_left', 'Days until the certificate expires.', [], () => [
      { value: certificateDays() },
    ]);
  }

  *#each(samples: (meter: ConnectorMeter, connector: string) => Iterable<Sample>): Generator<Sample> {
    for (const [connector, meter] of this.#meters) yield* samples(meter, connector);
  }

  *#distributions(of: (meter: ConnectorMeter) => DistributionSample['value']): Generator<DistributionSample> {
    for (const [connector, meter] of this.#meters) yield { labels: { connector }, value: of(meter) };
  }
}
