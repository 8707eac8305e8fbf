import { Engine } from '../engine/engine.ts';
import { received } from '../engine/failure.ts';
import type { EngineOptions, Script } from '../engine/options.ts';
import type { Run } from '../engine/run.ts';
import { type EngineError, type EngineValue, isList } from '../engine/value.ts';
import { type BlockPlace, type MappingBlock, type MappingTable, mappingShape } from './shape.ts';

/** What mappings are given: no files, hosts, environment, variables or modules. */
export type MappingOptions = Pick<EngineOptions, 'limits' | 'clock'>;

/** The cells of a row by column; null where a row is too short. */
export type MappingRow = readonly (string | null)[];

/**
 * What the script blocks of a mapping made of a row.
 * @property number of the row, from 1
 * @property cells the row itself
 * @property blocks by the number of the block
 */
export interface MappedRow {
  readonly number: number;
  readonly cells: MappingRow;
  readonly blocks: readonly BlockResult[];
}

/**
 * @property outputs nothing, one value or several: whoever maps says what they become (null, the value, an array)
 * @property errors what went wrong in the block (PSR001). An ordinary error ends its statement; later ones ran, and their
 *   outputs are here
 * @property isEnded an error ended the block; it has no outputs
 */
export interface BlockResult {
  readonly outputs: readonly EngineValue[];
  readonly errors: readonly RowError[];
  readonly isEnded: boolean;
}

/**
 * An error of one block for one row.
 * @property message names the row and the attribute
 * @property cause as PowerShell has it, with its place in the mapping file
 */
export interface RowError {
  readonly id: 'PSR001';
  readonly row: number;
  readonly block: MappingBlock;
  readonly message: string;
  readonly cause: EngineError;
}

/** Rows that are handed over at once, and about how much text. */
const batch = { rows: 256, characters: 1 << 20 } as const;

/**
 * A mapping file (`.psd1`), read once, and its script blocks, run for rows. It has a process of its own, which can touch
 * nothing.
 */
export class Mapping implements AsyncDisposable {
  readonly #engine: Engine;
  readonly #run: Run;
  /** What the file maps. */
  readonly shape: MappingTable;
  readonly blocks: readonly MappingBlock[];

  private constructor(engine: Engine, run: Run, shape: MappingTable, blocks: readonly MappingBlock[]) {
    this.#engine = engine;
    this.#run = run;
    this.shape = shape;
    this.blocks = blocks;
  }

  /**
   * Reads a mapping file. Everything that it is refused for is told at once, here: nothing is refused while rows are mapped.
   * @throws POWERSHELL_REFUSED, whose `cause` lists the refusals by their stable ids with line and column; what `Engine.run`
   *   and `Run.invoke` throw
   */
  static async open(
    { text, file }: Script,
    { signal, ...options }: MappingOptions & { readonly signal?: AbortSignal } = {},
  ): Promise<Mapping> {
    const engine = await Engine.open({ ...options, profile: 'mapping' });
    try {
      const run = await engine.run(signal === undefined ? {} : { signal });
      const answers: EngineValue[] = [];
      const request = run.ask(
        (number, limits) => ({ type: 'mapping', run: number, script: text, file: file ?? null, limits }),
        signal === undefined ? {} : { signal },
      );
      for await (const answer of request) answers.push(answer);
      const { shape, blocks } = received(() => mappingShape(answers[0] ?? null, placesOf(answers[1] ?? null)));
      return new Mapping(engine, run, shape, blocks);
    } catch (error) {
      await engine.close();
      throw error;
    }
  }

  /**
   * Runs the script blocks for rows and yields what they made of each, in order, as the rows come: memory does not grow with
   * their number. Each block runs in a scope of its own with `$_` as the row.
   * @param columns names, no two alike without case
   * @throws POWERSHELL_TIME_LIMIT, POWERSHELL_MEMORY_LIMIT, POWERSHELL_OUTPUT_LIMIT (PSB006, with the row and the place of the
   *   block), after which the mapping is lost; what the rows throw; the signal's reason
   */
  async *evaluate(
    columns: readonly string[],
    rows: Iterable<MappingRow> | AsyncIterable<MappingRow>,
    { signal }: { readonly signal?: AbortSignal } = {},
  ): AsyncGenerator<MappedRow, void> {
    let waiting: MappingRow[] = [];
    let characters = 0;
    let first = 1;
    for await (const row of rows) {
      waiting.push(row);
      characters += row.reduce((sum, cell) => sum + (cell?.length ?? 0), 0);
      if (waiting.length < batch.rows && characters < batch.characters) continue;
      yield* await this.#batch(columns, waiting, first, signal);
      first += waiting.length;
      waiting = [];
      characters = 0;
    }
    if (waiting.length > 0) yield* await this.#batch(columns, waiting, first, signal);
  }

  async #batch(
    columns: readonly string[],
    rows: readonly MappingRow[],
    first: number,
    signal: AbortSignal | undefined,
  ): Promise<readonly MappedRow[]> {
    const answers = this.#run.ask(
      (run, limits) => ({ type: 'rows', run, columns, first, rows, limits }),
      signal === undefined ? {} : { signal },
    );
    // The answer is taken whole: whoever leaves between two rows can go on with others.
    let answer: EngineValue = null;
    for await (const value of answers) answer = value;
    return received(() =>
      rowsOf(answer, rows).map(({ cells, outcomes }, at) => {
        const number = first + at;
        return { number, cells, blocks: this.#results(outcomes, number) };
      }),
    );
  }

  #results(answer: EngineValue, row: number): readonly BlockResult[] {
    if (!isList(answer) || answer.length !== this.blocks.length) throw new TypeError('a row without its blocks');
    return this.blocks.map((block, at) => resultOf(answer[at] ?? null, block, row));
  }

  async close(): Promise<void> {
    await this.#engine.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

const none: readonly RowError[] = [];

function placesOf(value: EngineValue): readonly BlockPlace[] {
  if (!isList(value)) throw new TypeError('places are a list');
  return value.map((place) => {
    const [line, column] = isList(place) ? place : [];
    if (typeof line !== 'number' || typeof column !== 'number') throw new TypeError('a place is a line and a column');
    return [line, column];
  });
}

/** The rows with what was answered for each. */
function rowsOf(
  answer: EngineValue,
  rows: readonly MappingRow[],
): readonly { readonly cells: MappingRow; readonly outcomes: EngineValue }[] {
  if (!isList(answer) || answer.length !== rows.length) throw new TypeError('rows without their blocks');
  return rows.map((cells, at) => ({ cells, outcomes: answer[at] ?? null }));
}

function resultOf(value: EngineValue, block: MappingBlock, row: number): BlockResult {
  if (isList(value) && value.length === 1) return { outputs: value, errors: none, isEnded: false };
  const [outputs, errors, isEnded] = isList(value) ? value : [];
  if (outputs === undefined || errors === undefined || !isList(outputs) || !isList(errors)) {
    throw new TypeError('a block without outputs and errors');
  }
  return { outputs, errors: errors.map((error) => rowError(error, block, row)), isEnded: isEnded === true };
}

function rowError(cause: EngineValue, block: MappingBlock, row: number): RowError {
  if (typeof cause !== 'object' || cause === null || !('kind' in cause) || cause.kind !== 'error') {
    throw new TypeError('an error is none');
  }
  const message = `row ${row}, attribute ${block.path}: ${cause.message}`;
  return { id: 'PSR001', row, block, message, cause };
}
