import { randomUUID } from 'node:crypto';
import type { Json, JsonObject, Profile } from './conversation.ts';

/**
 * The placeholders of one run of a case:
 * `{{name}}` a kept value or a member of the row; `{{fresh name}}` a text that no other run uses; `{{given.name}}` a value of the suite;
 * `{{yes}}` the word for true in the profile, the text `"True"` of Microsoft's clients or the boolean; `{{yes in filter}}` the same
 * as a filter's literal; `{{any}}` stays for the comparison. A text that is one placeholder becomes the value itself, of any type.
 */
export class Words {
  readonly #known = new Map<string, Json>();
  readonly #row: JsonObject;
  readonly #given: JsonObject;

  constructor(given: JsonObject, profile: Profile, row: Json | undefined) {
    this.#given = given;
    this.#known.set('any', '{{any}}');
    this.#known.set('yes', profile === 'strict' ? true : 'True');
    this.#known.set('yes in filter', profile === 'strict' ? 'true' : '"True"');
    this.#row = isObject(row) ? row : {};
  }

  keep(name: string, value: Json): void {
    this.#known.set(name, value);
  }

  /** A path as it is sent: what is filled in is encoded, what the fixture spells out is not. */
  fillPath(text: string): string {
    return text.replaceAll(placeholder, (_, name: string) => encodeURIComponent(plain(this.#value(name))));
  }

  fill(value: Json): Json {
    if (typeof value === 'string') return this.#fillValue(value);
    if (isList(value)) return value.map((each) => this.fill(each));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [this.fillText(name), this.fill(each)]));
  }

  fillText(text: string): string {
    return text.replaceAll(placeholder, (_, name: string) => plain(this.#value(name)));
  }

  #fillValue(text: string): Json {
    const whole = /^\{\{([^{}]+)\}\}$/.exec(text)?.[1];
    return whole === undefined ? this.fillText(text) : this.#value(whole);
  }

  #value(name: string): Json {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const written = name.startsWith('given.') ? this.#given[name.slice('given.'.length)] : this.#row[name];
    if (written !== undefined) return this.fill(written);
    if (!name.startsWith('fresh ')) throw new Error(`nothing gives '${name}' a value`);
    const fresh = `${name.slice('fresh '.length)}-${randomUUID()}`;
    this.#known.set(name, fresh);
    return fresh;
  }
}

const placeholder = /\{\{([^{}]+)\}\}/g;

function plain(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
