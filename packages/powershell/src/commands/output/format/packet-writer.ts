import { runtimeError } from '../../../errors/raise.ts';
import { cellCount } from './cells.ts';
import { writeParts } from './custom-writer.ts';
import { writeFields } from './list-writer.ts';
import {
  type Column,
  type Entry,
  FormatEnd,
  FormatEntry,
  type FormatPacket,
  FormatStart,
  GroupEnd,
  GroupStart,
  type Shape,
} from './packets.ts';
import { TableWriter } from './table-writer.ts';

/** Tables are this wide where nobody says how wide: the width of a console that is none. */
const defaultWidth = 120;

/**
 * So many rows decide how wide the columns of a table are that has no widths. PowerShell looks at those that arrive within
 * 0.3 s; a number makes the same of the same input.
 */
const rowsLookedAt = 5000;

/**
 * Makes lines of what format commands write. One line at a time leaves; of a table only the rows are held that decide about
 * its widths.
 */
export class PacketWriter {
  readonly #line: (text: string) => void;
  readonly #reserve: (bytes: number) => void;
  readonly #width: number;
  readonly #tableWidth: number;
  #state: 'outside' | 'formatting' | 'inGroup' = 'outside';
  #shape: Shape = { kind: 'list' };
  #rowLimit = 0;
  /** Packets of a group whose widths are not known yet. */
  #held: FormatPacket[] | undefined;
  #heldEntries = 0;
  #table: TableWriter | undefined;
  #wideCells: string[] = [];
  #widePerRow = 2;

  /** @param reserve asks whether there may be a text of so many bytes; throws where not */
  constructor(line: (text: string) => void, reserve: (bytes: number) => void, width?: number) {
    this.#line = line;
    this.#reserve = reserve;
    this.#width = width ?? Number.MAX_SAFE_INTEGER;
    this.#tableWidth = width ?? defaultWidth;
  }

  /** Throws `ConsoleLineOutputOutOfSequencePacket` for packets in an order that no format command writes. */
  write(packet: FormatPacket): void {
    this.#follow(packet);
    if (packet instanceof FormatStart) this.#begin(packet);
    if (this.#held !== undefined) {
      this.#held.push(packet);
      if (packet instanceof FormatEntry && !packet.isOutOfBand) this.#heldEntries++;
      if (packet instanceof GroupEnd || this.#heldEntries >= this.#rowLimit) this.#release();
    } else if (packet instanceof GroupStart && this.#rowLimit > 0) {
      this.#held = [packet];
      this.#heldEntries = 0;
    } else {
      this.#show(packet, undefined);
    }
  }

  /** Writes what is still held. */
  end(): void {
    this.#release();
  }

  #follow(packet: FormatPacket): void {
    if (packet instanceof FormatEntry) {
      if (!packet.isOutOfBand) this.#expect('inGroup', packet);
    } else if (packet instanceof FormatStart) {
      if (this.#state === 'inGroup') {
        this.#release();
        this.#state = 'outside';
      }
      this.#expect('outside', packet);
      this.#state = 'formatting';
    } else if (packet instanceof GroupStart) {
      this.#expect('formatting', packet);
      this.#state = 'inGroup';
    } else if (packet instanceof GroupEnd) {
      this.#expect('inGroup', packet);
      this.#state = 'formatting';
    } else {
      this.#expect('formatting', packet);
      this.#state = 'outside';
    }
  }

  #expect(state: string, packet: FormatPacket): void {
    if (this.#state === state) return;
    const command =
      packet instanceof FormatStart
        ? `format-${packet.shape.kind === 'custom' ? 'complex' : packet.shape.kind}`
        : 'format-*';
    throw runtimeError(
      'ConsoleLineOutputOutOfSequencePacket',
      `The object of type "${packet.type.name}" is not valid or not in the correct sequence. This is likely caused by a user-specified "${command}" command which is conflicting with the default formatting.`,
      { category: 'InvalidData' },
    );
  }

  #begin({ shape, autoSize }: FormatStart): void {
    this.#shape = shape;
    const isOpen = shape.kind === 'table' && shape.columns[0]?.width === 0;
    this.#rowLimit = autoSize ? Number.POSITIVE_INFINITY : isOpen ? rowsLookedAt : 0;
  }

  #release(): void {
    const held = this.#held;
    if (held === undefined) return;
    this.#held = undefined;
    const entries = held.flatMap((packet) =>
      packet instanceof FormatEntry && !packet.isOutOfBand ? [packet.entry] : [],
    );
    for (const packet of held) this.#show(packet, entries);
  }

  #show(packet: FormatPacket, ahead: readonly Entry[] | undefined): void {
    if (packet instanceof FormatEntry) this.#showEntry(packet);
    else if (packet instanceof FormatStart) this.#line('');
    else if (packet instanceof GroupStart) this.#startGroup(packet, ahead);
    else if (packet instanceof GroupEnd) this.#flushWide();
    else if (packet instanceof FormatEnd && this.#shape.kind !== 'list') this.#line('');
  }

  #startGroup({ heading }: GroupStart, ahead: readonly Entry[] | undefined): void {
    const shape = this.#shape;
    if (shape.kind === 'table') {
      const columns = ahead === undefined ? shape.columns : fitted(shape.columns, ahead);
      this.#table =
        columns.length === 0 ? undefined : new TableWriter(columns, this.#tableWidth, this.#line, this.#reserve);
    } else if (shape.kind === 'wide') {
      this.#widePerRow = shape.columns > 0 ? shape.columns : ahead === undefined ? 2 : this.#perRow(ahead);
      // No more than these fit, whatever is asked for.
      const count = Math.min(this.#widePerRow, this.#tableWidth + 1);
      if (count > 1000) this.#reserve(100 * count);
      const columns = Array.from({ length: count }, () => ({ width: 0, alignment: 'left' as const }));
      this.#table = new TableWriter(columns, this.#tableWidth, this.#line, this.#reserve);
    }
    if (heading !== undefined) {
      writeParts(heading, this.#width, this.#line);
      this.#line('');
    }
    if (shape.kind === 'table' && !shape.hideHeader) this.#table?.header(shape.columns.map(({ label }) => label));
  }

  #perRow(entries: readonly Entry[]): number {
    const widest = Math.max(0, ...entries.map((entry) => (entry.kind === 'wide' ? cellCount(entry.text) : 0)));
    if (widest === 0) return 2;
    if (widest >= this.#tableWidth) return 1;
    return Math.max(1, Math.ceil((this.#tableWidth + 1) / (widest + 1)) - 1);
  }

  #showEntry({ entry, isOutOfBand }: FormatEntry): void {
    switch (entry.kind) {
      case 'raw':
        this.#line(entry.text);
        break;
      case 'row':
        this.#table?.row(entry.cells, entry.isMultiLine, entry.alignments);
        break;
      case 'fields':
        if (isOutOfBand) this.#line('');
        writeFields(entry.fields, this.#width, this.#line);
        this.#line('');
        break;
      case 'wide':
        this.#wideCells.push(entry.text);
        if (this.#wideCells.length >= this.#widePerRow) this.#flushWide();
        break;
      case 'custom':
        writeParts(entry.parts, isOutOfBand ? Number.MAX_SAFE_INTEGER : this.#width, this.#line);
        break;
    }
  }

  #flushWide(): void {
    if (this.#wideCells.length === 0) return;
    this.#table?.row(this.#wideCells, false);
    this.#wideCells = [];
  }
}

/** Columns as wide as their labels and the rows at hand. */
function fitted(columns: readonly Column[], entries: readonly Entry[]): Column[] {
  const widths = columns.map(({ label }) => cellCount(label));
  for (const entry of entries) {
    if (entry.kind !== 'row') continue;
    for (const [at, cell] of entry.cells.entries()) widths[at] = Math.max(widths[at] ?? 0, cellCount(cell));
  }
  return columns.map((column, at) => ({ ...column, width: widths[at] ?? 0 }));
}
