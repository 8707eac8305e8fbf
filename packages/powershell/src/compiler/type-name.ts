import type { Frame } from '../runtime/frame.ts';
import type { TypeName } from '../syntax/tree/index.ts';
import type { NetType } from '../types/net-type.ts';
import type { TypeTable } from '../types/table.ts';
import type { CompileContext } from './context.ts';

/**
 * A type name as code: resolved when it is first met, since scripts define types as they go, then kept for that session.
 * Throws `Thrown` (`TypeNotFound`).
 */
export function compileTypeName(name: TypeName, context: CompileContext): (frame: Frame) => NetType {
  const usings = context.namespaces;
  let types: TypeTable | undefined;
  let generation = -1;
  let known: NetType | undefined;
  return (frame) => {
    const table = frame.session.types;
    if (known !== undefined && types === table && generation === table.generation) return known;
    known = table.resolve(name, usings);
    types = table;
    generation = table.generation;
    return known;
  };
}
