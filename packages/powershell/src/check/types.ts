import type { GenericTypeName, TypeName } from '../syntax/tree/index.ts';
import { typeNameText } from '../syntax/tree/index.ts';
import type { NetType, TypeDescription } from '../types/net-type.ts';
import { createTypeTable, type TypeTable } from '../types/table.ts';
import { readTypeText } from '../types/type-text.ts';
import { isKnownAttribute } from './attributes.ts';
import { covered, type Judgement, unknown } from './finding.ts';
import type { Declarations } from './script-set.ts';

/** The types that scripts name: the library's, and what the scripts define. */
export class KnownTypes {
  /** Types that a host program registers beside the library's. */
  readonly registered: readonly NetType[];
  readonly #table: TypeTable = createTypeTable();
  readonly #declarations: Declarations;

  constructor(declarations: Declarations, registered: readonly TypeDescription[]) {
    this.#declarations = declarations;
    this.registered = registered.map((description) => this.#table.register(description));
  }

  /** The library's type of a name; `undefined` for an unknown one and for those of scripts. */
  find(name: TypeName, usings: readonly string[]): NetType | undefined {
    return this.#isDeclared(name) ? undefined : this.#table.tryResolve(name, usings);
  }

  /** As `find`, of a name in text (`New-Object Name`). */
  findText(text: string, usings: readonly string[] = []): NetType | undefined {
    if (this.#declarations.types.has(text.toLowerCase())) return undefined;
    const name = readTypeText(text);
    return name === undefined ? undefined : this.#table.tryResolve(name, usings);
  }

  judge(name: TypeName, usings: readonly string[]): Judgement {
    switch (name.kind) {
      case 'arrayType':
        return this.judge(name.element, usings);
      case 'genericType':
        return this.#judgeGeneric(name, usings);
      case 'simpleType':
        if (this.#isDeclared(name)) return covered;
    }
    return this.#table.tryResolve(name, usings) === undefined
      ? unknown(`The type [${typeNameText(name)}] is not embedded`, this.#declarations.outside)
      : covered;
  }

  /** Arguments that scripts define are no hindrance: the definition decides. */
  #judgeGeneric({ definition, typeArguments }: GenericTypeName, usings: readonly string[]): Judgement {
    for (const argument of typeArguments) {
      const judgement = this.judge(argument, usings);
      if (judgement.state !== 'covered') return judgement;
    }
    const { name } = definition;
    const open = name.includes('`') ? name : `${name}\`${typeArguments.length}`;
    return this.#table.find(open, usings) === undefined
      ? unknown(`The type [${name}] is not embedded`, this.#declarations.outside)
      : covered;
  }

  judgeAttribute(name: TypeName): Judgement {
    return name.kind === 'simpleType' && (isKnownAttribute(name.name) || this.#isDeclared(name))
      ? covered
      : unknown(`The attribute [${typeNameText(name)}()] is not embedded`, this.#declarations.outside);
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
