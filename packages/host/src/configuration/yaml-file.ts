import { type Problem, problem } from '@joinery/problems';
import { suggestion } from '@joinery/runtime';
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type YAMLMap } from 'yaml';

/** A mapping of a YAML file that knows where each of its values stands. */
export class YamlMap {
  readonly #map: YAMLMap;
  readonly #place: (offset: number) => string;

  constructor(map: YAMLMap, place: (offset: number) => string) {
    this.#map = map;
    this.#place = place;
  }

  /** `file:line:column` of a member's value, or of the mapping. */
  placeOf(name?: string): string {
    const node: unknown = name === undefined ? this.#map : (this.#map.get(name, true) ?? this.#map);
    return this.#place(offsetOf(node));
  }

  fault(name: string | undefined, sentence: string): Problem {
    return problem('HOST_CONFIGURATION_INVALID', sentence, { place: this.placeOf(name) });
  }

  /** @throws HOST_CONFIGURATION_INVALID for a member that is not among the known ones, with the nearest */
  only(known: readonly string[]): void {
    for (const { key } of this.#map.items) {
      const name = isScalar(key) ? String(key.value) : '';
      if (known.includes(name)) continue;
      throw problem('HOST_CONFIGURATION_INVALID', `There is no setting "${name}" here.${suggestion(name, known)}`, {
        place: this.#place(offsetOf(key)),
      });
    }
  }

  /** True also for a member that says nothing more than its name. */
  has(name: string): boolean {
    return this.#map.has(name);
  }

  text(name: string): string | undefined {
    const value: unknown = this.#map.get(name);
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    throw this.fault(name, `"${name}" takes text.`);
  }

  requiredText(name: string): string {
    const value = this.text(name);
    if (value === undefined || value === '') throw this.fault(undefined, `"${name}" is missing.`);
    return value;
  }

  flag(name: string): boolean {
    const value: unknown = this.#map.get(name) ?? false;
    if (typeof value === 'boolean') return value;
    throw this.fault(name, `"${name}" takes true or false.`);
  }

  integer(name: string, fallback: number, minimum: number, maximum: number): number {
    const value: unknown = this.#map.get(name) ?? fallback;
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= minimum && value <= maximum) return value;
    throw this.fault(name, `"${name}" takes a whole number from ${minimum} to ${maximum}.`);
  }

  choice<const C extends readonly string[]>(name: string, choices: C, fallback: C[number]): C[number] {
    const value = this.text(name) ?? fallback;
    const chosen = choices.find((choice) => choice === value);
    if (chosen !== undefined) return chosen;
    throw this.fault(name, `"${name}" takes one of ${choices.join(', ')}.${suggestion(value, choices)}`);
  }

  map(name: string): YamlMap | undefined {
    const value = this.#map.get(name, true);
    if (value === undefined || (isScalar(value) && value.value === null)) return undefined;
    if (isMap(value)) return new YamlMap(value, this.#place);
    throw this.fault(name, `"${name}" takes names with values.`);
  }

  maps(name: string): readonly YamlMap[] {
    const value: unknown = this.#map.get(name, true);
    if (value === undefined) return [];
    if (!isSeq(value)) throw this.fault(name, `"${name}" takes a list.`);
    return value.items.map((item) => {
      if (isMap(item)) return new YamlMap(item, this.#place);
      throw this.fault(name, `Each item of "${name}" takes names with values.`);
    });
  }

  /** A list of texts; undefined when the member is absent. */
  texts(name: string): readonly string[] | undefined {
    const value: unknown = this.#map.get(name, true);
    if (value === undefined || (isScalar(value) && value.value === null)) return undefined;
    if (!isSeq(value)) throw this.fault(name, `"${name}" takes a list.`);
    return value.items.map((item) => {
      if (isScalar(item) && typeof item.value === 'string' && item.value !== '') return item.value;
      throw this.fault(name, `Each item of "${name}" takes text.`);
    });
  }

  /** One text, or a list of them. */
  textOrTexts(name: string): readonly string[] | undefined {
    if (isSeq(this.#map.get(name, true))) return this.texts(name);
    const text = this.text(name);
    return text === undefined || text === '' ? undefined : [text];
  }

  /** The scalar members as they are written. */
  scalars(): Readonly<Record<string, string | number | boolean | null>> {
    const members = this.#map.items.map(({ key, value }): [string, string | number | boolean | null] => {
      const name = isScalar(key) ? String(key.value) : '';
      const scalar: unknown = isScalar(value) ? value.value : value;
      if (scalar !== null && typeof scalar !== 'string' && typeof scalar !== 'number' && typeof scalar !== 'boolean') {
        throw this.fault(name, `"${name}" takes one value.`);
      }
      return [name, scalar];
    });
    // fromEntries defines own properties, so that a name like __proto__ stays a name.
    return Object.fromEntries(members);
  }
}

/**
 * Parses a YAML file whose root is a mapping.
 * @param path is only named in places
 * @param upgrade gives an older form of the file the present one
 * @throws HOST_CONFIGURATION_INVALID with file, line and column; the parser's own text is not shown because it may quote a secret
 */
export function parseYamlMap(text: string, path: string, upgrade: (root: YAMLMap) => void = () => {}): YamlMap {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
    logLevel: 'silent',
  });
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${path}:${line}:${col}`;
  };
  const fault = document.errors[0];
  if (fault !== undefined) {
    const sentence =
      fault.code === 'DUPLICATE_KEY' ? 'The same name is set twice.' : `The file is not valid YAML (${fault.code}).`;
    throw problem('HOST_CONFIGURATION_INVALID', sentence, { place: place(fault.pos[0]), cause: fault });
  }
  if (!isMap(document.contents)) {
    throw problem('HOST_CONFIGURATION_INVALID', 'The file is not a list of names and values.', { place: path });
  }
  upgrade(document.contents);
  return new YamlMap(document.contents, place);
}

function offsetOf(node: unknown): number {
  return isScalar(node) || isMap(node) || isSeq(node) ? (node.range?.[0] ?? 0) : 0;
}
