import { NetFailure } from '../../../errors/raise.ts';
import { Thrown } from '../../../errors/thrown.ts';
import type { Session } from '../../../runtime/session.ts';
import { findMember, getMember, missing } from '../../../types/members.ts';
import type { Value } from '../../../values/value.ts';
import { type CellStyle, cellText, displayName, FormatStringFailure, isScalar } from './cell-text.ts';
import type { Alignment } from './cells.ts';
import { displaySetOf } from './display-properties.ts';
import type { Column, CustomPart, Entry, Field, Shape } from './packets.ts';
import { shownProperties } from './shown-properties.ts';
import type { View, ViewValue } from './view.ts';

/** What a property of a format command gave for an object; `undefined` where the object has no such property. */
export interface Read {
  readonly value: Value;
  /** An error that was thrown. */
  readonly failure?: Thrown | NetFailure | undefined;
}

/** A property as format commands take it: a name, or what a script block makes of the object. */
export interface FormatProperty {
  readonly label: string | undefined;
  readonly format?: string | undefined;
  readonly width?: number | undefined;
  readonly alignment?: Alignment | undefined;
  readonly depth?: number | undefined;
  /** The properties it means of an object: itself, or all that a wildcard finds. */
  resolve(value: Value): readonly Resolved[];
  /** Itself, for an object that has no such property. */
  readonly unresolved: Resolved | undefined;
}

export interface Resolved {
  readonly name: string;
  read(value: Value): Read | undefined;
}

/** What `Format-Table` and its kind were asked for. */
export interface FormatRequest {
  readonly shape?: View['kind'] | undefined;
  readonly properties?: readonly FormatProperty[] | undefined;
  readonly groupBy?: FormatProperty | undefined;
  readonly view?: string | undefined;
  readonly autoSize?: boolean | undefined;
  readonly wraps?: boolean | undefined;
  readonly hideHeader?: boolean | undefined;
  readonly repeatHeader?: boolean | undefined;
  /** Of `Format-Wide`. */
  readonly columns?: number | undefined;
  readonly depth?: number | undefined;
  /** Text and numbers are formatted, too. */
  readonly force?: boolean | undefined;
  readonly expand?: 'CoreOnly' | 'EnumOnly' | 'Both' | undefined;
  /** Errors of properties stand in the output, or follow as records. */
  readonly displayErrors?: boolean | undefined;
  readonly showErrors?: boolean | undefined;
}

/** Makes entries of objects, all in one shape. */
export interface Generator {
  readonly shape: Shape;
  readonly autoSize: boolean;
  entry(value: Value): Entry;
}

/** A column with the way to its value. */
interface Cell {
  readonly label: string;
  readonly style: CellStyle;
  read(value: Value): Read | undefined;
}

/** Reads cells as text; failures become `#ERR` where they are to be seen. */
export class CellReader {
  readonly session: Session;
  readonly #request: FormatRequest;
  /** Failures that are to be shown as records after the object. */
  readonly failures: (Thrown | NetFailure)[] = [];

  constructor(session: Session, request: FormatRequest) {
    this.session = session;
    this.#request = request;
  }

  text(read: Read | undefined, style?: CellStyle): string {
    if (read === undefined) return '';
    if (read.failure !== undefined) {
      if (this.#request.showErrors === true) this.failures.push(read.failure);
      return this.#request.displayErrors === true ? '#ERR' : '';
    }
    try {
      return cellText(read.value, this.session, style);
    } catch (error) {
      if (error instanceof FormatStringFailure) return this.#request.displayErrors === true ? '#FMTERR' : '';
      if (error instanceof Thrown || error instanceof NetFailure) return '';
      throw error;
    }
  }

  /** The value of a view's column. */
  of(value: Value, what: ViewValue): Read {
    return attempt(() => (typeof what === 'string' ? getMember(value, what, this.session) : what(value, this.session)));
  }
}

export function attempt(read: () => Value): Read {
  try {
    return { value: read() ?? null };
  } catch (error) {
    if (error instanceof Thrown || error instanceof NetFailure) return { value: null, failure: error };
    throw error;
  }
}

/** A property of an object by its name, as its own value has it. */
function own(name: string, session: Session): Resolved {
  return { name, read: (value) => attempt(() => getMember(value, name, session)) };
}

/** At most so many columns of a table nobody chose. */
const mostColumns = 10;

/** A table, list or wide list of properties: those asked for, else those the object shows by default, else all. */
export function propertiesGenerator(first: Value, request: FormatRequest, reader: CellReader): Generator {
  const { session } = reader;
  const { shape = 'table', autoSize = false } = request;
  const chosen = (value: Value): readonly (readonly [Resolved, FormatProperty | undefined])[] => {
    if (request.properties !== undefined && request.properties.length > 0) {
      return request.properties.flatMap((property) => property.resolve(value).map((one) => [one, property] as const));
    }
    const names = displaySetOf(value, session) ?? shownProperties(value, session);
    return names.map((name) => [own(name, session), undefined] as const);
  };
  if (shape === 'list') {
    return {
      shape: { kind: 'list' },
      autoSize,
      entry: (value) => ({
        kind: 'fields',
        fields: chosen(value).map(
          ([one, property]): Field => ({
            label: property?.label ?? one.name,
            text: reader.text(one.read(value), { format: property?.format }),
          }),
        ),
      }),
    };
  }
  if (shape === 'wide') {
    return {
      shape: { kind: 'wide', columns: autoSize ? 0 : (request.columns ?? 0) },
      autoSize,
      entry: (value) => ({ kind: 'wide', text: wideText(value, request, reader, chosen) }),
    };
  }
  return tableGenerator(first, request, reader, chosen);
}

function wideText(
  value: Value,
  request: FormatRequest,
  reader: CellReader,
  chosen: (value: Value) => readonly (readonly [Resolved, FormatProperty | undefined])[],
): string {
  const { session } = reader;
  if (request.properties === undefined && typeof value === 'object' && value !== null) {
    const name = displayName(value, session);
    if (name !== undefined) return reader.text(own(name, session).read(value));
  }
  const [found] = chosen(value);
  return found === undefined ? '' : reader.text(found[0].read(value), { format: found[1]?.format });
}

function tableGenerator(
  first: Value,
  request: FormatRequest,
  reader: CellReader,
  chosen: (value: Value) => readonly (readonly [Resolved, FormatProperty | undefined])[],
): Generator {
  const { session } = reader;
  const isChosen = request.properties !== undefined && request.properties.length > 0;
  const found = isChosen
    ? resolvedOrNot(first, request.properties ?? [])
    : chosen(first).slice(0, mostOf(first, session));
  const cells = found.map(
    ([one, property]): Cell => ({
      label: property?.label ?? one.name,
      style: property?.format === undefined ? { roundsFractions: true } : { format: property.format },
      read: (value) => (isChosen ? one.read(value) : ownIfThere(one.name, value, session)),
    }),
  );
  const columns = found.map(([one, property], at): Column => {
    const read = one.read(first);
    const isRight = read?.failure === undefined && typeof read?.value !== 'string' && isScalar(read?.value);
    return {
      label: cells[at]?.label ?? '',
      width: property?.width ?? 0,
      alignment: property?.alignment ?? (isRight ? 'right' : 'left'),
    };
  });
  const { hideHeader = false, repeatHeader = false, autoSize = false, wraps: isMultiLine = false } = request;
  return {
    shape: { kind: 'table', columns, hideHeader, repeatHeader },
    autoSize,
    entry: (value) => ({
      kind: 'row',
      cells: cells.map((cell) => reader.text(cell.read(value), cell.style)),
      isMultiLine,
    }),
  };
}

function mostOf(first: Value, session: Session): number {
  return displaySetOf(first, session) === undefined ? mostColumns : Number.POSITIVE_INFINITY;
}

/** A name that the first object lacks makes an empty column; a wildcard that finds nothing makes none. */
function resolvedOrNot(
  first: Value,
  properties: readonly FormatProperty[],
): readonly (readonly [Resolved, FormatProperty])[] {
  return properties.flatMap((property) => {
    const resolved = property.resolve(first);
    if (resolved.length > 0) return resolved.map((one) => [one, property] as const);
    return property.unresolved === undefined ? [] : [[property.unresolved, property] as const];
  });
}

function ownIfThere(name: string, value: Value, session: Session): Read | undefined {
  try {
    const found = findMember(value, name, name.toLowerCase(), session);
    return found === missing ? undefined : { value: found };
  } catch (error) {
    if (error instanceof Thrown || error instanceof NetFailure) return { value: null, failure: error };
    throw error;
  }
}

/** What a view of PowerShell's makes of objects. */
export function viewGenerator(view: View, request: FormatRequest, reader: CellReader): Generator {
  switch (view.kind) {
    case 'table': {
      const { hideHeader = false, repeatHeader = false } = request;
      const columns = view.columns.map(
        ({ label, value, width = 0, alignment = 'left' }): Column => ({
          label: label ?? (typeof value === 'string' ? value : ''),
          width,
          alignment,
        }),
      );
      return {
        shape: { kind: 'table', columns, hideHeader, repeatHeader },
        autoSize: request.autoSize ?? view.autoSize ?? false,
        entry: (value) => ({
          kind: 'row',
          cells: view.columns.map((column) => reader.text(reader.of(value, column.value))),
          isMultiLine: request.wraps ?? view.wraps ?? false,
        }),
      };
    }
    case 'list':
      return {
        shape: { kind: 'list' },
        autoSize: false,
        entry: (value) => ({
          kind: 'fields',
          fields: view.items.map(({ label, value: what }) => ({
            label: label ?? (typeof what === 'string' ? what : ''),
            text: reader.text(reader.of(value, what)),
          })),
        }),
      };
    case 'wide':
      return {
        shape: { kind: 'wide', columns: request.autoSize === true ? 0 : (request.columns ?? 0) },
        autoSize: request.autoSize ?? false,
        entry: (value) => {
          const text = reader.text(reader.of(value, view.value));
          return { kind: 'wide', text: view.text?.(value, text) ?? text };
        },
      };
    case 'custom':
      return {
        shape: { kind: 'custom' },
        autoSize: false,
        entry: (value) => ({ kind: 'custom', parts: view.parts(value, reader.session) }),
      };
  }
}

/** Text above a group: a label and the key. */
export function headingOf(label: string, text: string): CustomPart[] {
  return [
    { kind: 'text', text: label },
    { kind: 'text', text },
  ];
}
