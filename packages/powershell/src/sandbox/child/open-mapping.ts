import { evaluateBlock } from '../../mapping/evaluate-row.ts';
import { type ReadMapping, readMapping } from '../../mapping/read-mapping.ts';
import type { Session } from '../../runtime/session.ts';
import { placeOf, type Source } from '../../syntax/source.ts';
import { beginCulture } from '../../types/globalization/current-culture.ts';
import { objectArray } from '../../values/array.ts';
import { ColumnLayout } from '../../values/column-layout.ts';
import { PSCustomObject } from '../../values/ps-object.ts';
import type { ScriptBlock } from '../../values/script-block.ts';
import type { Value } from '../../values/value.ts';
import type { Request } from '../protocol.ts';
import { BudgetExceeded } from '../run-budget.ts';
import { Refusal } from './refusal.ts';

/** The mapping of a run, and what its script blocks make of rows. */
export class OpenMapping {
  readonly #session: Session;
  readonly #mapping: ReadMapping;

  /** Throws {@link Refusal}. */
  constructor(source: Source, session: Session) {
    const read = readMapping(source, session);
    if (!('blocks' in read)) throw new Refusal({ reason: 'refused', errors: read, file: source.file ?? null });
    this.#session = session;
    this.#mapping = read;
  }

  get value(): Value {
    return this.#mapping.value;
  }

  /** Lines and columns of the blocks. */
  get places(): Value {
    return objectArray(
      this.#mapping.blocks.map((block) => {
        const { line, column } = placeOfBlock(block);
        return objectArray([line, column]);
      }),
    );
  }

  /** What the blocks make of each row. Throws `BudgetExceeded`. */
  evaluate({ columns, first, rows }: Request & { type: 'rows' }): Value {
    const layout = new ColumnLayout(columns);
    const { blocks } = this.#mapping;
    return objectArray(
      rows.map((cells, at) => {
        const values = columns.map((_, column) => cells[column] ?? null);
        const row = new PSCustomObject(layout, values);
        return objectArray(blocks.map((block) => this.#outcome(block, row, first + at)));
      }),
    );
  }

  #outcome(block: ScriptBlock, row: Value, number: number): Value {
    const endCulture = beginCulture();
    try {
      const { outputs, errors, isEnded } = evaluateBlock(this.#session, block, row);
      const [only] = outputs;
      if (outputs.length === 1 && errors.length === 0) return objectArray([only ?? null]);
      return objectArray([objectArray([...outputs]), objectArray([...errors]), isEnded]);
    } catch (error) {
      if (!(error instanceof BudgetExceeded)) throw error;
      const { line, column } = placeOfBlock(block);
      throw new BudgetExceeded(
        error.reason,
        `PSB006: row ${number}, script block at line ${line}, column ${column}: ${error.message}`,
      );
    } finally {
      endCulture();
    }
  }
}

/** Where the block's braces open. */
function placeOfBlock({ ast }: ScriptBlock): ReturnType<typeof placeOf> {
  return placeOf(ast.source, ast.start);
}
