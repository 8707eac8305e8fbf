import type { ParseErrorId } from '../messages.ts';
import type { Extent, FunctionMember, PropertyMember, TypeName } from '../tree/index.ts';
import type { Node } from '../walk.ts';

/** A type as far as the checks ask for it. */
export interface KnownType {
  /** Full name, as messages show it. */
  readonly name: string;
}

/** What the checks must know of types. A script parses without it, too; then no name of a type is doubted. */
export interface ParseTypes {
  tryResolve(name: TypeName, usings: readonly string[]): KnownType | undefined;
  /** Whether `type` derives from `base`, and is not `base` itself. */
  isSubclass(type: KnownType, base: KnownType): boolean;
}

/** What a check sees: where it is, and where its errors go. */
export interface CheckContext {
  readonly types: ParseTypes | undefined;
  /** Namespaces of the script's `using` statements. */
  readonly usings: readonly string[];
  /** The nodes around the one that is checked, outermost first. */
  readonly path: readonly Node[];
  report(id: ParseErrorId, extent: Extent, ...args: readonly string[]): void;
  /** The text of a node as written. */
  text(extent: Extent): string;
}

/** The member of a class whose code this is; script blocks and functions in it are on their own. */
export function memberAround(path: readonly Node[]): FunctionMember | PropertyMember | undefined {
  for (let at = path.length - 1; at >= 0; at--) {
    const node = path[at];
    if (node === undefined) return undefined;
    if (node.kind === 'method' || node.kind === 'property') return node;
    if (node.kind === 'scriptBlock' && path[at - 1]?.kind !== 'method') return undefined;
  }
  return undefined;
}
