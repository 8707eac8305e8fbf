import type { Extent } from './node.ts';

/** A type as written between brackets, not yet resolved: `[System.Collections.Generic.List[string]]`, `[int[,]]`, `[Foo, Assembly]`. */
export type TypeName = SimpleTypeName | GenericTypeName | ArrayTypeName;

/** @property name as written, assembly left out */
export interface SimpleTypeName extends Extent {
  readonly kind: 'simpleType';
  readonly name: string;
  readonly assembly: string | undefined;
}

export interface GenericTypeName extends Extent {
  readonly kind: 'genericType';
  readonly definition: SimpleTypeName;
  readonly typeArguments: readonly TypeName[];
}

export interface ArrayTypeName extends Extent {
  readonly kind: 'arrayType';
  readonly element: TypeName;
  readonly rank: number;
}

/** The type name as PowerShell prints it: `System.Collections.Generic.List[string]`, `int[]`. */
export function typeNameText(name: TypeName): string {
  switch (name.kind) {
    case 'simpleType':
      return name.assembly === undefined ? name.name : `${name.name}, ${name.assembly}`;
    case 'genericType':
      return `${name.definition.name}[${name.typeArguments.map(typeNameText).join(',')}]`;
    case 'arrayType':
      return `${typeNameText(name.element)}[${','.repeat(name.rank - 1)}]`;
  }
}
