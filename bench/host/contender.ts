import { resolve } from 'node:path';
import { HttpsLoad, type LoadRequest, type SendOptions } from '../https-load.ts';
import { type BenchRow, median, printRow } from '../row.ts';
import { ServerProcess } from '../server-process.ts';

/** One server that takes its turns under load. */
export class Contender {
  readonly server: ServerProcess;
  /** Objects that it holds. */
  readonly size: number;
  readonly #loads = new Map<number, HttpsLoad>();

  private constructor(server: ServerProcess, size: number) {
    this.server = server;
    this.size = size;
  }

  /**
   * @param profile folder for a processor profile of the server
   * @param size objects that it holds
   */
  static async start(options: {
    readonly script: string;
    readonly arguments: readonly string[];
    readonly folder: string;
    readonly profile: string | undefined;
    readonly size: number;
  }): Promise<Contender> {
    const { script, folder, profile, size } = options;
    const server = await ServerProcess.start({
      name: [script, ...options.arguments].join(' '),
      script,
      arguments: options.arguments,
      folder,
      nodeOptions: profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${resolve(profile)}`],
    });
    return new Contender(server, size);
  }

  /** Opened once for each number of connections: hand-shakes are no part of a figure. */
  async load(connections: number): Promise<HttpsLoad> {
    const present = this.#loads.get(connections);
    if (present !== undefined) return present;
    const opened = await HttpsLoad.open(this.server, connections);
    this.#loads.set(connections, opened);
    return opened;
  }

  async stop(): Promise<void> {
    for (const load of this.#loads.values()) load.close();
    this.#loads.clear();
    await this.server.stop();
  }
}

/** What one contender reached, a figure a round. */
export class Reached {
  readonly contender: Contender;
  readonly perSecond: number[] = [];
  /** Processor time of the server by request, which other programs on the machine disturb less than the rate. */
  readonly micros: number[] = [];
  readonly #busy: number[] = [];

  constructor(contender: Contender) {
    this.contender = contender;
  }

  /** One round of requests over so many connections. */
  async round(connections: number, requests: readonly (string | LoadRequest)[], options?: SendOptions): Promise<void> {
    const { server } = this.contender;
    const load = await this.contender.load(connections);
    const before = await server.usage();
    const milliseconds = await load.send(requests, options);
    const after = await server.usage();
    const active = after.active - before.active;
    this.perSecond.push((requests.length / milliseconds) * 1000);
    this.micros.push((after.processorMicros - before.processorMicros) / requests.length);
    this.#busy.push(active / (active + after.idle - before.idle));
  }

  /** Says on stderr what the rows do not. */
  explain(what: string, connections: number): void {
    const [rate, micros] = [median(this.perSecond), median(this.micros)].map(Math.round);
    const busy = median(this.#busy);
    // With one connection the server waits for each request; with many, one that waits is not what was measured.
    const disturbed =
      connections > 1 && busy < 0.8 ? ', DISTURBED: the load generator did not get a processor of its own' : '';
    const spread = `${Math.round(Math.min(...this.perSecond))} to ${Math.round(Math.max(...this.perSecond))}`;
    console.error(
      `${what}, ${this.contender.server.name}: ${rate} requests/s (${spread}), ${micros} µs of processor a request, busy ${busy.toFixed(2)}${disturbed}`,
    );
  }
}

/** So many rounds in which all take turns, so that whatever else the machine does meets all of them. */
export async function inTurns(
  contenders: readonly Contender[],
  rounds: number,
  round: (reached: Reached) => Promise<void>,
): Promise<ReadonlyMap<Contender, Reached>> {
  const all = new Map(contenders.map((each) => [each, new Reached(each)]));
  for (let at = 0; at < rounds; at++) for (const reached of all.values()) await round(reached);
  return all;
}

/** The ratio is the median of the rounds' ratios: within a round both meet the same machine. @param goal undefined for none */
export function compareRates(
  row: Pick<BenchRow, 'bench' | 'name'>,
  own: Reached,
  limit: Reached,
  limitName: string,
  goal?: number,
): void {
  const ratio = median(own.perSecond.map((rate, round) => rate / (limit.perSecond[round] ?? Number.NaN)));
  printRow({
    ...row,
    figure: Math.round(median(own.perSecond)),
    unit: 'requests/s',
    limit: { name: limitName, figure: Math.round(median(limit.perSecond)) },
    ratio: Number(ratio.toFixed(2)),
    goal: goal === undefined ? 'none' : `≥ ${goal.toFixed(2)}`,
    met: goal === undefined || ratio >= goal,
  });
}
