import { readFile } from 'node:fs/promises';
import { type Problem, problem } from '@joinery/problems';
import { type Logger, type Random, writeFileDurably } from '@joinery/runtime';

/** Version of the form of `read-only.json` (design decision 13). */
const VERSION = 1;

/** What keeps a connector from writing: its own switch, the host's, or a file that cannot be read. */
export type ReadOnlyReason = 'connector' | 'host' | 'unreadable';

interface Switches {
  readonly host: boolean;
  readonly connectors: ReadonlySet<string>;
}

/**
 * The switches that keep connectors from writing to their targets: one for each, one for all of them. They stand in a file,
 * so that a host which is started again in the middle of a migration does not begin to write. A file that cannot be read
 * means that nothing is written: nobody can tell what it said.
 */
export class ReadOnlySwitch {
  readonly #file: string;
  readonly #random: Random;
  #switches: Switches;
  #fault: Problem | undefined;
  #writing: Promise<void> = Promise.resolve();

  private constructor(file: string, random: Random, switches: Switches, fault: Problem | undefined) {
    this.#file = file;
    this.#random = random;
    this.#switches = switches;
    this.#fault = fault;
  }

  /** Reads the file; that there is none means that everything may be written. */
  static async open(file: string, random: Random, logger: Logger): Promise<ReadOnlySwitch> {
    try {
      return new ReadOnlySwitch(file, random, parseSwitches(await readFile(file, 'utf8')), undefined);
    } catch (error) {
      const none = { host: false, connectors: new Set<string>() };
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
        return new ReadOnlySwitch(file, random, none, undefined);
      }
      const fault = problem('HOST_READ_ONLY_UNREADABLE', 'It cannot be told which connectors are read-only.', {
        place: file,
        cause: error,
      });
      logger.error(
        { error: fault },
        'the read-only switches cannot be read: no connector writes until they are set anew',
      );
      return new ReadOnlySwitch(file, random, none, fault);
    }
  }

  /** Why the file could not be read; then everything is read-only until the host's switch is set. */
  get fault(): Problem | undefined {
    return this.#fault;
  }

  /** Why a connector does not write; undefined when it does. */
  reasonOf(connector: string): ReadOnlyReason | undefined {
    if (this.#fault !== undefined) return 'unreadable';
    if (this.#switches.host) return 'host';
    return this.#switches.connectors.has(connector) ? 'connector' : undefined;
  }

  /** The refusal of a write; undefined when the connector may write. */
  refusal(connector: string): Problem | undefined {
    const reason = this.reasonOf(connector);
    if (reason === undefined) return undefined;
    const sentence =
      reason === 'connector'
        ? `The connector "${connector}" is read-only; it goes on reading its target.`
        : reason === 'host'
          ? 'This host is read-only; it goes on reading its targets.'
          : 'This host is read-only, because the file that says which connectors may write cannot be read.';
    return problem('HOST_READ_ONLY', sentence);
  }

  /**
   * Sets one switch; it is on the disk when this resolves. Switching on counts at once, also when the file cannot be written;
   * switching off counts only once it is written.
   * @param connector undefined for the host's own, which also ends the state after a file that could not be read
   * @throws RUNTIME_DISK_FULL, RUNTIME_FILE_UNWRITABLE
   */
  set(connector: string | undefined, on: boolean): Promise<void> {
    // One after the other, or the older content could be the one that stays.
    const written = this.#writing.then(() => this.#set(connector, on));
    this.#writing = written.catch(() => {});
    return written;
  }

  async #set(connector: string | undefined, on: boolean): Promise<void> {
    const { host, connectors } = this.#switches;
    const next: Switches =
      connector === undefined
        ? { host: on, connectors }
        : { host: host || this.#fault !== undefined, connectors: withMember(connectors, connector, on) };
    if (on) this.#switches = next;
    const content = { version: VERSION, host: next.host, connectors: [...next.connectors].sort() };
    await writeFileDurably(this.#file, `${JSON.stringify(content, null, 2)}\n`, { random: this.#random });
    this.#switches = next;
    this.#fault = undefined;
  }
}

/** @throws HOST_READ_ONLY_UNREADABLE */
function parseSwitches(text: string): Switches {
  const found: unknown = JSON.parse(text);
  if (typeof found === 'object' && found !== null && 'version' in found && found.version === VERSION) {
    const host = 'host' in found ? found.host : undefined;
    const connectors: unknown = 'connectors' in found ? found.connectors : undefined;
    if (typeof host === 'boolean' && Array.isArray(connectors)) {
      const names = connectors.filter((each) => typeof each === 'string');
      if (names.length === connectors.length) return { host, connectors: new Set(names) };
    }
  }
  throw problem('HOST_READ_ONLY_UNREADABLE', `The file is not of version ${VERSION}.`);
}

function withMember(set: ReadonlySet<string>, member: string, on: boolean): ReadonlySet<string> {
  const next = new Set(set);
  if (on) next.add(member);
  else next.delete(member);
  return next;
}
