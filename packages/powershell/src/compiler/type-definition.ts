import { definedType } from '../classes/scoped-types.ts';
import { Completion, type Execute } from '../runtime/frame.ts';
import type { TypeDefinition } from '../syntax/tree/index.ts';

/** `class` and `enum`: the type is there since the script began; from here on the scope that the statement runs in has it. */
export function compileTypeDefinition(ast: TypeDefinition): Execute {
  const folded = ast.name.toLowerCase();
  return ({ session, scope }) => {
    const type = definedType(session, ast);
    if (type !== undefined) {
      scope.types ??= new Map();
      scope.types.set(folded, type);
    }
    return Completion.normal;
  };
}
