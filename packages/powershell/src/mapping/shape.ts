import type { EngineValue } from '../engine/value.ts';

/**
 * A script block of a mapping.
 * @property number counts from 0 in the order of the file: the place of its outcome in every row's
 * @property path where it stands: `userName`, `name.familyName`, `emails[0].type`
 * @property text without its braces
 */
export interface MappingBlock {
  readonly number: number;
  readonly path: string;
  readonly text: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

/** What a mapping file holds, each part as what it is. The order is that of the file. */
export type MappingNode =
  /** `@{ }`. Keys are unique without case. */
  | { readonly kind: 'table'; readonly entries: readonly MappingEntry[] }
  /** `@( )` and values between commas. */
  | { readonly kind: 'list'; readonly items: readonly MappingNode[] }
  | { readonly kind: 'block'; readonly block: MappingBlock }
  /** Text, a number, a Boolean or null: whoever maps says what it means (the name of a column, for csv2scim). */
  | { readonly kind: 'value'; readonly value: EngineValue };

export type MappingTable = MappingNode & { readonly kind: 'table' };

export interface MappingEntry {
  /** Text, or a number. */
  readonly key: EngineValue;
  readonly value: MappingNode;
}

/** A place of a script block: line and column. */
export type BlockPlace = readonly [number, number];

const blockType = 'System.Management.Automation.ScriptBlock';

/** Makes the shape of a table that came from the process of scripts. Throws `TypeError` for what is none. */
export function mappingShape(
  value: EngineValue,
  places: readonly BlockPlace[],
): { readonly shape: MappingTable; readonly blocks: readonly MappingBlock[] } {
  const blocks: MappingBlock[] = [];
  const shape = new ShapeReader(places, blocks).node(value, '');
  if (shape.kind !== 'table' || blocks.length !== places.length) throw new TypeError('a mapping is no table');
  return { shape, blocks };
}

class ShapeReader {
  readonly #places: readonly BlockPlace[];
  readonly #blocks: MappingBlock[];

  constructor(places: readonly BlockPlace[], blocks: MappingBlock[]) {
    this.#places = places;
    this.#blocks = blocks;
  }

  node(value: EngineValue, path: string): MappingNode {
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return { kind: 'value', value };
    if (!('kind' in value)) {
      return { kind: 'list', items: value.map((item, at) => this.node(item, `${path}[${at}]`)) };
    }
    if (value.kind === 'dictionary') return { kind: 'table', entries: this.#entries(value.entries, path) };
    if (value.kind === 'opaque' && value.type === blockType)
      return { kind: 'block', block: this.#block(value.text, path) };
    return { kind: 'value', value };
  }

  #entries(entries: ReadonlyMap<EngineValue, EngineValue>, path: string): readonly MappingEntry[] {
    return [...entries].map(([key, item]) => {
      const name = typeof key === 'string' ? key : String(key);
      return { key, value: this.node(item, path === '' ? name : `${path}.${name}`) };
    });
  }

  #block(text: string, path: string): MappingBlock {
    const number = this.#blocks.length;
    const place = this.#places[number];
    if (place === undefined) throw new TypeError('a script block has no place');
    const [line, column] = place;
    const block = { number, path, text, line, column };
    this.#blocks.push(block);
    return block;
  }
}
