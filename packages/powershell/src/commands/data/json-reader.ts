import { objectArray } from '../../values/array.ts';
import type { Dictionary } from '../../values/dictionary.ts';
import { PSCustomObject } from '../../values/ps-object.ts';
import type { Value } from '../../values/value.ts';
import { Shape } from './json-shape.ts';
import { JsonText } from './json-text.ts';

/** A property that a custom object cannot have: without a name, or of a name that differs from another in its case alone. */
export interface RefusedName {
  readonly name: string;
  readonly known: string | undefined;
}

/**
 * What becomes of a document.
 * @property depth of objects and lists in each other; deeper is refused
 * @property newTable makes what objects become; custom objects where absent
 * @property step asked for each value: throws where the run has used up its budget
 */
export interface JsonOptions {
  readonly depth: number;
  readonly newTable: (() => Dictionary) | undefined;
  readonly number: (text: string) => Value;
  readonly text: (text: string) => Value;
  readonly step: () => void;
}

/** A document's value; `refused` is the first property that its custom objects cannot have. */
export interface JsonDocument {
  readonly value: Value;
  readonly refused: RefusedName | undefined;
}

/**
 * Reads a JSON text straight into values, as leniently as PowerShell does: comments, single quotes, names without quotes and a
 * comma at the end are let through. `undefined` where there is nothing but white space.
 * Throws `JsonProblem`.
 */
export function readJson(text: string, options: JsonOptions): JsonDocument | undefined {
  return new Reader(text, options).document();
}

class Reader {
  readonly #text: JsonText;
  readonly #options: JsonOptions;
  readonly #empty = new Shape();
  #refused: RefusedName | undefined;

  constructor(text: string, options: JsonOptions) {
    this.#text = new JsonText(text, options.depth);
    this.#options = options;
  }

  document(): JsonDocument | undefined {
    const text = this.#text;
    text.skip();
    if (text.isOver) return undefined;
    const value = this.#value();
    text.skip();
    text.finish();
    return { value, refused: this.#refused };
  }

  #value(): Value {
    const { step, newTable } = this.#options;
    step();
    const text = this.#text;
    switch (text.peek()) {
      case '{':
        return newTable === undefined ? this.#object() : this.#table(newTable());
      case '[':
        return this.#list();
      case '"':
      case "'":
        return this.#options.text(text.text());
      default: {
        const word = text.word();
        return typeof word === 'string' ? this.#options.number(word) : word;
      }
    }
  }

  #list(): Value {
    const text = this.#text;
    const items: Value[] = [];
    text.open('[');
    while (!text.closes(']')) {
      items.push(this.#value());
      text.afterValue(']');
    }
    return objectArray(trimmed(items));
  }

  #table(table: Dictionary): Value {
    const text = this.#text;
    text.open('{');
    while (!text.closes('}')) {
      const name = text.name();
      table.set(name, this.#value());
      text.afterValue('}');
    }
    return table;
  }

  #object(): Value {
    const text = this.#text;
    let shape = this.#empty;
    const fields: Value[] = [];
    text.open('{');
    while (!text.closes('}')) {
      const { expected } = shape;
      const isExpected = expected !== undefined && text.takesName(expected.name);
      const name = isExpected ? expected.name : text.name();
      const step = isExpected ? expected : shape.step(name);
      if (step === undefined) return this.#wide(new PSCustomObject(shape.layout, fields), name);
      if (step.clash !== undefined || name === '') this.#refused ??= { name, known: step.clash };
      fields[step.index] = this.#value();
      shape = step.shape;
      text.afterValue('}');
    }
    return new PSCustomObject(shape.layout, trimmed(fields));
  }

  /** The rest of an object that has no layout, from the value of a name on. */
  #wide(object: PSCustomObject, first: string): Value {
    const text = this.#text;
    const { members } = object;
    for (let name = first; ; ) {
      const folded = name.toLowerCase();
      const known = members.get(folded)?.name;
      if (name === '' || (known !== undefined && known !== name)) this.#refused ??= { name, known };
      members.set(folded, { kind: 'note', name: known ?? name, value: this.#value() });
      text.afterValue('}');
      if (text.closes('}')) return object;
      name = text.name();
    }
  }
}

/** Arrays that grew item by item have room for sixteen more, which those of a document never need. */
function trimmed(items: Value[]): Value[] {
  return items.length < 16 ? items.slice() : items;
}
