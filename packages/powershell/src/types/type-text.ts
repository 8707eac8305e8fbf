import type { SimpleTypeName, TypeName } from '../syntax/tree/index.ts';

/**
 * Reads a type name as it stands in descriptions and in text that becomes a type: `int[]`, `System.Func[T,bool]`,
 * ``System.Collections.Generic.List`1[[System.String, System.Private.CoreLib]]``. `undefined` where the text is none.
 */
export function readTypeText(text: string): TypeName | undefined {
  const reader = new Reader(text);
  const name = reader.type();
  return name !== undefined && reader.atEnd() ? name : undefined;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  atEnd(): boolean {
    this.#space();
    return this.#at === this.#text.length;
  }

  type(): TypeName | undefined {
    const definition = this.#simple();
    if (definition === undefined) return undefined;
    let name: TypeName = definition;
    while (this.#text[this.#at] === '[') {
      const suffix = this.#suffix(name, definition);
      if (suffix === undefined) return undefined;
      name = suffix;
    }
    return name;
  }

  #suffix(name: TypeName, definition: SimpleTypeName): TypeName | undefined {
    const rank = /^\[\s*(?:\*|,(?:\s*,)*)?\s*\]/.exec(this.#text.slice(this.#at))?.[0];
    if (rank !== undefined) {
      this.#at += rank.length;
      return { kind: 'arrayType', element: name, rank: rank.split(',').length, start: name.start, end: this.#at };
    }
    if (name.kind !== 'simpleType') return undefined;
    this.#at++;
    const typeArguments: TypeName[] = [];
    do {
      const argument = this.#argument();
      if (argument === undefined) return undefined;
      typeArguments.push(argument);
    } while (this.#take(','));
    if (!this.#take(']')) return undefined;
    return { kind: 'genericType', definition, typeArguments, start: name.start, end: this.#at };
  }

  /** An argument may stand in brackets of its own, its assembly after it. */
  #argument(): TypeName | undefined {
    if (!this.#take('[')) return this.type();
    const name = this.type();
    if (this.#take(',')) {
      while (this.#at < this.#text.length && this.#text[this.#at] !== ']') this.#at++;
    }
    return this.#take(']') ? name : undefined;
  }

  #simple(): SimpleTypeName | undefined {
    this.#space();
    const start = this.#at;
    const name = /^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}.+`]*/u.exec(this.#text.slice(start))?.[0];
    if (name === undefined) return undefined;
    this.#at += name.length;
    this.#space();
    return { kind: 'simpleType', name, assembly: undefined, start, end: start + name.length };
  }

  #take(sign: string): boolean {
    this.#space();
    if (this.#text[this.#at] !== sign) return false;
    this.#at++;
    this.#space();
    return true;
  }

  #space(): void {
    while (this.#text[this.#at] === ' ') this.#at++;
  }
}
