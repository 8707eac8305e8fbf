import { isScoped } from '../classes/scoped-types.ts';
import { resolveTypeName } from '../classes/type-scope.ts';
import { placedAt } from '../errors/place-error.ts';
import type { Frame } from '../runtime/frame.ts';
import type { Extent, TypeName } from '../syntax/tree/index.ts';
import type { NetType } from '../types/net-type.ts';
import type { TypeTable } from '../types/table.ts';
import type { CompileContext } from './context.ts';

/**
 * A type name as code: resolved when it is first met, since scripts define types as they go, then kept for that session.
 * Throws `Thrown` (`TypeNotFound`), placed at the name, or at `position` where the name is part of something larger.
 */
export function compileTypeName(
  name: TypeName,
  context: CompileContext,
  position: Extent = name,
): (frame: Frame) => NetType {
  const usings = context.namespaces;
  let types: TypeTable | undefined;
  let generation = -1;
  let known: NetType | undefined;
  return (frame) => {
    const table = frame.session.types;
    if (known !== undefined && types === table && generation === table.generation) return known;
    const type = placedAt(position, frame, () => resolveTypeName(name, context.source, frame.session, usings));
    // Which type of several a name means is another matter in another scope.
    if (isScoped(type)) return type;
    known = type;
    types = table;
    generation = table.generation;
    return known;
  };
}
