import { problem, toJsonError, toProblem } from '@joinery/problems';
import type { Random } from '@joinery/runtime';
import type { RunReport } from '../runs/run-report.ts';
import { runAnswer, type StartedRun } from './answers.ts';

/** Runs remembered after they ended; who asks for one asks within minutes. */
const KEPT = 100;

interface Entry {
  readonly connector: string;
  outcome: Pick<StartedRun, 'report' | 'problem'> | undefined;
}

/** Runs that were asked for over HTTP: an import may take longer than any request should. */
export class StartedRuns {
  readonly #random: Random;
  readonly #runs = new Map<string, Entry>();

  constructor(random: Random) {
    this.#random = random;
  }

  /** Starts following a run. @returns its name */
  add(connector: string, report: Promise<RunReport>): string {
    const run = this.#random.uuid();
    const entry: Entry = { connector, outcome: undefined };
    this.#runs.set(run, entry);
    report.then(
      (ended) => {
        entry.outcome = { report: runAnswer(ended) };
      },
      (error: unknown) => {
        entry.outcome = { problem: toJsonError(toProblem(error)) };
      },
    );
    const over = [...this.#runs].filter(([, { outcome }]) => outcome !== undefined);
    for (const [name] of over.slice(0, Math.max(0, over.length - KEPT))) this.#runs.delete(name);
    return run;
  }

  /** @param objects read so far by the import that runs now. @throws HOST_RUN_UNKNOWN */
  get(connector: string, run: string, objects: number): StartedRun {
    const entry = this.#runs.get(run);
    if (entry === undefined || entry.connector !== connector) {
      throw problem('HOST_RUN_UNKNOWN', `There is no run "${run.slice(0, 64)}" of this connector.`);
    }
    const { outcome } = entry;
    return outcome === undefined
      ? { run, connector, state: 'running', objects }
      : { run, connector, state: 'ended', objects, ...outcome };
  }
}
