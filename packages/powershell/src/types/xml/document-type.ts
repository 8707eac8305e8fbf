import type { NetFailure } from '../../errors/raise.ts';
import { xmlFailure } from './xml-failure.ts';

/**
 * A document type declaration.
 * @property rest what stands behind the name, as it is written back
 * @property entities general entities by name; an external one is empty
 */
export interface DocumentTypeParts {
  readonly name: string;
  readonly rest: string;
  readonly entities: ReadonlyMap<string, string>;
}

const head = /^\s+([^\s[>]+)\s*(?:(?:PUBLIC\s*("[^"]*"|'[^']*')\s*|SYSTEM\s*)("[^"]*"|'[^']*'))?\s*(?:\[(.*)\])?\s*$/s;
const declaration =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!ENTITY\s+(%\s+)?([^\s"'>]+)\s+(?:"([^"]*)"|'([^']*)'|(?:SYSTEM|PUBLIC)[^>]*)\s*>|<!(?:ELEMENT|ATTLIST|NOTATION)(?:[^>"']|"[^"]*"|'[^']*')*>|\s+|%[^;\s]+;/gy;

/**
 * Reads what stands between `<!DOCTYPE` and its end. Of declarations only those of entities count: nothing is validated,
 * no attribute gets a default.
 * @param fail makes the error at an offset of the content
 */
export function readDocumentType(
  content: string,
  fail: (message: string, offset: number) => NetFailure,
): DocumentTypeParts {
  const found = head.exec(content);
  if (found === null) throw fail('Incomplete DTD content.', content.length);
  const [, name = '', publicId, systemId, subset] = found;
  const entities = new Map<string, string>();
  declaration.lastIndex = 0;
  while (subset !== undefined && declaration.lastIndex < subset.length) {
    const at = declaration.lastIndex;
    const one = declaration.exec(subset);
    if (one === null) throw fail('Expected DTD markup was not found.', content.indexOf('[') + 1 + at);
    const [, isParameter, entity, quoted, single] = one;
    if (entity !== undefined && isParameter === undefined && !entities.has(entity)) {
      entities.set(entity, quoted ?? single ?? '');
    }
  }
  const external =
    systemId === undefined ? '' : publicId === undefined ? ` SYSTEM ${systemId}` : ` PUBLIC ${publicId} ${systemId}`;
  // .NET writes the brackets of a subset that is empty, too.
  return { name, rest: `${external}[${subset ?? ''}]`, entities };
}

/** The entities of a document; what they grow to has a limit, as a few lines of text may stand for any amount. */
export class Entities {
  readonly #limit: number;
  readonly #declared = new Map<string, string>();
  readonly #expanded = new Map<string, string>();
  #used = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  declare(entities: ReadonlyMap<string, string>): void {
    for (const [name, text] of entities) this.#declared.set(name, text);
  }

  /**
   * Lets a parser look them up by name.
   * @param fail makes the error at the reference that is read
   */
  giveTo(target: Record<string, string>, fail: (message: string) => NetFailure): void {
    for (const name of this.#declared.keys()) {
      Object.defineProperty(target, name, { get: () => this.#use(name, fail) });
    }
  }

  #use(name: string, fail: (message: string) => NetFailure): string {
    const text = this.#expand(name, new Set(), fail);
    this.#count(text.length);
    if (text.includes('<')) {
      throw fail(`Entity '${name}' holds markup, which is not read: only entities of text are.`);
    }
    return text;
  }

  #expand(name: string, around: Set<string>, fail: (message: string) => NetFailure): string {
    const known = this.#expanded.get(name);
    if (known !== undefined) return known;
    if (around.has(name)) throw fail(`General entity '${name}' references itself.`);
    const declared = this.#declared.get(name);
    if (declared === undefined) throw fail(`Reference to undeclared entity '${name}'.`);
    around.add(name);
    const text = declared.replace(
      /&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([^;\s]+));/g,
      (_all, hexadecimal, decimal, inner) => {
        const piece =
          inner === undefined
            ? character(hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16), fail)
            : (predefined[inner] ?? this.#expand(inner, around, fail));
        this.#count(piece.length);
        return piece;
      },
    );
    around.delete(name);
    this.#expanded.set(name, text);
    return text;
  }

  #count(characters: number): void {
    this.#used += characters;
    if (this.#used > this.#limit) {
      throw xmlFailure('The input document has exceeded a limit set by MaxCharactersFromEntities.');
    }
  }
}

const predefined: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function character(code: number, fail: (message: string) => NetFailure): string {
  if (code > 0 && code <= 0x10ffff) return String.fromCodePoint(code);
  throw fail('Invalid syntax for a decimal numeric entity reference.');
}
