import { createHash } from 'node:crypto';
import {
  anchorIdentity,
  type CSEntryChange,
  type CSEntryChangeResult,
  type ExportErrorCode,
  formatValue,
  validateEntry,
} from '@joinery/connector';
import { applyEntry } from './edit.ts';
import { assertUnchanged, type OpenFile } from './file.ts';
import type { Patch } from './replacement.ts';
import { type Cell, formatRow, lineEndOf, parseRow } from './row.ts';
import { mayHold, rowObject } from './row-object.ts';
import { type Row, readRows } from './rows.ts';
import type { Table } from './table.ts';

/** What a batch of entries means for the file as it is. */
export interface BatchPlan {
  readonly results: readonly CSEntryChangeResult[];
  /** Where the new file differs, in file order; rows to append last. Empty when nothing changes. */
  readonly patches: readonly Patch[];
  /** SHA-256 of the content that was read, without the byte order mark. */
  readonly digest: string;
}

/** One object of the batch and its row. */
interface Target {
  readonly anchorTexts: readonly string[];
  /** In the order of the batch. */
  readonly entries: CSEntryChange[];
  row: Row | undefined;
  copies: number;
  /** The line of a row that cannot be read and holds the anchor. */
  suspect: number | undefined;
}

/** Finds the rows of a batch, in one reading of the file, and works out every entry's outcome. Writes nothing. */
export async function planBatch(
  file: OpenFile,
  table: Table,
  entries: readonly CSEntryChange[],
  check: () => void,
): Promise<BatchPlan> {
  const outcomes = new Map<string, CSEntryChangeResult>();
  const targets = sortByObject(entries, table, outcomes);
  const style = await findRows(file, table, targets, check);
  const patches: Patch[] = [];
  const appended: Buffer[] = [];
  for (const target of targets.values()) {
    const patch = planTarget(target, style, table, outcomes);
    if (patch === undefined) continue;
    if (target.row === undefined) appended.push(patch);
    else patches.push({ start: target.row.start, end: target.row.end, bytes: patch });
  }
  patches.sort((a, b) => a.start - b.start);
  if (appended.length > 0) {
    const { end, endsWithLine } = style.last;
    const lastRowGoes = patches.some((patch) => patch.end === end && patch.bytes.length === 0);
    const separator =
      endsWithLine || lastRowGoes ? [] : [table.settings.encoding.fromUtf8(Buffer.from(table.header.lineEnd))];
    patches.push({ start: end, end, bytes: Buffer.concat([...separator, ...appended]) });
  }
  const results = entries.map(
    ({ identifier }) => outcomes.get(identifier) ?? { identifier, errorCode: 'Success' as const },
  );
  return { results, patches, digest: style.digest };
}

function sortByObject(
  entries: readonly CSEntryChange[],
  table: Table,
  outcomes: Map<string, CSEntryChangeResult>,
): Map<string, Target> {
  const targets = new Map<string, Target>();
  for (const entry of entries) {
    const validation = validateEntry(entry, table.type);
    if (!validation.ok) {
      fail(outcomes, entry, validation.fault.exportCode, validation.fault.detail);
      continue;
    }
    const anchors = validation.entry.anchorAttributes;
    const identified = anchorIdentity(anchors, table.type);
    if (!identified.ok) {
      fail(outcomes, entry, 'ExportErrorMissingAnchorComponent', identified.detail);
      continue;
    }
    const target = targets.get(identified.identity) ?? {
      anchorTexts: anchors.map(({ value }) => formatValue(value)),
      entries: [],
      row: undefined,
      copies: 0,
      suspect: undefined,
    };
    target.entries.push(validation.entry);
    targets.set(identified.identity, target);
  }
  return targets;
}

/** How the file writes rows, and its digest. */
interface Style {
  /** An empty row: each cell quoted as its column is. */
  readonly newCells: readonly Cell[];
  /** The last row that is not blank: new rows come behind it, so empty lines at the end of the file stay there. */
  readonly last: { readonly end: number; readonly endsWithLine: boolean };
  readonly digest: string;
}

async function findRows(file: OpenFile, table: Table, targets: Map<string, Target>, check: () => void): Promise<Style> {
  const content = createHash('sha256');
  const { encoding } = table.settings;
  let newCells: readonly Cell[] | undefined;
  let last: Style['last'] | undefined;
  for await (const rows of readRows(file, table.settings, check)) {
    for (const row of rows) {
      content.update(encoding.fromUtf8(row.raw));
      const end = { end: row.end, endsWithLine: lineEndOf(row.raw) !== '' };
      last ??= end;
      if (row.line === 1) continue;
      const object = rowObject(row, table);
      if (object.kind === 'blank') continue;
      last = end;
      if (object.kind === 'object') newCells ??= emptyCells(row, table);
      if (object.key === undefined) noteSuspect(row, targets);
      else noteRow(row, targets.get(object.key));
    }
  }
  await assertUnchanged(file);
  return {
    newCells: newCells ?? table.header.cells.map(({ quoted }) => ({ text: '', quoted })),
    last: last ?? { end: Number(file.identity.size), endsWithLine: true },
    digest: content.digest('hex'),
  };
}

function noteRow(row: Row, target: Target | undefined): void {
  if (target === undefined) return;
  target.copies += 1;
  // A copy: the bytes of a row are a view of the whole chunk they were read in.
  target.row ??= { ...row, raw: Buffer.from(row.raw) };
}

function noteSuspect(row: Row, targets: ReadonlyMap<string, Target>): void {
  for (const target of targets.values()) {
    if (target.suspect !== undefined) continue;
    if (target.anchorTexts.every((text) => mayHold(row, text))) target.suspect = row.line;
  }
}

/** The quoting of the first sound row; an empty cell says nothing unless it is quoted, there the header decides. */
function emptyCells(row: Row, table: Table): readonly Cell[] | undefined {
  return cellsOf(row, table)?.map(({ text, quoted }, index) => ({
    text: '',
    quoted: quoted || (text === '' && table.header.cells[index]?.quoted === true),
  }));
}

/** The bytes that the row of a target becomes, in the file's encoding: none for a deleted row; undefined when it stays as it is. */
function planTarget(
  target: Target,
  style: Style,
  table: Table,
  outcomes: Map<string, CSEntryChangeResult>,
): Buffer | undefined {
  const refusal = refuse(target);
  if (refusal !== undefined) {
    for (const entry of target.entries) fail(outcomes, entry, 'ExportErrorAmbiguousUpdate', refusal);
    return undefined;
  }
  const { row } = target;
  const before = row === undefined ? undefined : cellsOf(row, table);
  let cells = before;
  for (const entry of target.entries) {
    const edit = applyEntry(entry, cells, style.newCells, table);
    const foreign = edit.ok ? unwritable(edit.cells ?? [], cells, table) : undefined;
    if (!edit.ok) fail(outcomes, entry, edit.code, edit.detail);
    else if (foreign !== undefined) fail(outcomes, entry, 'ExportErrorInvalidAttributeValue', foreign);
    else cells = edit.cells;
  }
  if (cells === undefined) return before === undefined ? undefined : Buffer.alloc(0);
  if (before !== undefined && cells.every((cell, index) => cell.text === before[index]?.text)) return undefined;
  const lineEnd = row === undefined ? table.header.lineEnd : lineEndOf(row.raw);
  return table.settings.encoding.fromUtf8(formatRow(cells, table.settings.delimiter, lineEnd));
}

/** What the file's encoding cannot hold of the cells that changed: a “?” in its place would be another name. */
function unwritable(cells: readonly Cell[], before: readonly Cell[] | undefined, table: Table): string | undefined {
  const { encoding } = table.settings;
  for (const [index, { text }] of cells.entries()) {
    const character = text === before?.[index]?.text ? undefined : encoding.unwritable(text);
    if (character === undefined) continue;
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    const column = table.header.columns[index] ?? '';
    return `"${column}" would hold the character U+${code}, which ${encoding.name}, the encoding of the file, does not have.`;
  }
  return undefined;
}

/** Why nothing may be done to an object: to pick one of its rows would be a guess about a person. */
function refuse(target: Target): string | undefined {
  if (target.copies > 1) return `The file has ${target.copies} rows with this anchor.`;
  if (target.suspect !== undefined) return `Line ${target.suspect} holds this anchor and cannot be read.`;
  return undefined;
}

function cellsOf(row: Row, table: Table): readonly Cell[] | undefined {
  const reading = parseRow(row.raw, table.settings.delimiter);
  return reading.ok ? reading.cells : undefined;
}

function fail(
  outcomes: Map<string, CSEntryChangeResult>,
  entry: CSEntryChange,
  errorCode: ExportErrorCode,
  errorDetail: string,
): void {
  outcomes.set(entry.identifier, { identifier: entry.identifier, errorCode, errorDetail });
}
