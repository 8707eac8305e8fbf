import type { TypeName } from '../syntax/tree/index.ts';
import { typeNameText } from '../syntax/tree/index.ts';
import type { NetType } from '../types/net-type.ts';
import { createTypeTable, type TypeTable } from '../types/table.ts';
import { covered, type Judgement, missing, unknown } from './finding.ts';
import type { Declarations } from './script-set.ts';

/** The types that scripts name: the library's, and what the scripts define. */
export class KnownTypes {
  readonly #table: TypeTable = createTypeTable();
  readonly #declarations: Declarations;

  constructor(declarations: Declarations) {
    this.#declarations = declarations;
  }

  /** The library's type of a name; `undefined` for an unknown one and for those of scripts. */
  find(name: TypeName, usings: readonly string[]): NetType | undefined {
    return this.#isDeclared(name) ? undefined : this.#table.tryResolve(name, usings);
  }

  /** As `find`, of a name in text (`New-Object Name`). */
  findText(text: string): NetType | undefined {
    return this.#declarations.types.has(text.toLowerCase()) ? undefined : this.#table.parse(text);
  }

  judge(name: TypeName, usings: readonly string[]): Judgement {
    switch (name.kind) {
      case 'arrayType':
        return this.judge(name.element, usings);
      case 'genericType':
        for (const argument of name.typeArguments) {
          const judgement = this.judge(argument, usings);
          if (judgement.state !== 'covered') return judgement;
        }
        break;
      case 'simpleType':
        if (this.#isDeclared(name)) return covered;
    }
    return this.#table.tryResolve(name, usings) === undefined
      ? unknown(`The type [${typeNameText(name)}] is not embedded`, this.#declarations.outside)
      : covered;
  }

  /** An attribute is named with or without its suffix. */
  judgeAttribute(name: TypeName, usings: readonly string[]): Judgement {
    if (this.judge(name, usings).state === 'covered') return covered;
    if (name.kind !== 'simpleType') return this.judge(name, usings);
    return this.judge({ ...name, name: `${name.name}Attribute` }, usings).state === 'covered'
      ? covered
      : missing(`The attribute [${typeNameText(name)}()] is not embedded.`);
  }

  #isDeclared(name: TypeName): boolean {
    switch (name.kind) {
      case 'simpleType':
        return this.#declarations.types.has(name.name.toLowerCase());
      case 'arrayType':
        return this.#isDeclared(name.element);
      case 'genericType':
        return name.typeArguments.some((argument) => this.#isDeclared(argument));
    }
  }
}
