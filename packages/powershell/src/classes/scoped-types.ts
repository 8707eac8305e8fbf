import type { Scope } from '../runtime/scope.ts';
import type { Session } from '../runtime/session.ts';
import type { Source } from '../syntax/source.ts';
import type { Extent, TypeDefinition } from '../syntax/tree/index.ts';
import type { NetType } from '../types/net-type.ts';

const bySession = new WeakMap<Session, WeakMap<TypeDefinition, NetType>>();

/** Keeps the type that a definition became. */
export function keepDefinedType(session: Session, ast: TypeDefinition, type: NetType): void {
  let types = bySession.get(session);
  if (types === undefined) {
    types = new WeakMap();
    bySession.set(session, types);
  }
  types.set(ast, type);
}

/** The type that a definition became. */
export function definedType(session: Session, ast: TypeDefinition): NetType | undefined {
  return bySession.get(session)?.get(ast);
}

/** A type that only the code of a function or block sees. */
interface BlockType {
  readonly folded: string;
  readonly type: NetType;
  readonly block: Extent;
}

const blockTypes = new WeakMap<Session, WeakMap<Source, BlockType[]>>();
/** Types that are not known everywhere: those of functions and blocks, and those of script files. */
const scoped = new WeakSet<NetType>();

/** Says that a type is known where it is in scope only. */
export function limitToScopes(type: NetType): void {
  scoped.add(type);
}

export function isScoped(type: NetType): boolean {
  return scoped.has(type);
}

/** Makes a type known in the text of the block that it is defined in. */
export function addBlockType(session: Session, source: Source, one: BlockType): void {
  let sources = blockTypes.get(session);
  if (sources === undefined) {
    sources = new WeakMap();
    blockTypes.set(session, sources);
  }
  const known = sources.get(source);
  if (known === undefined) sources.set(source, [one]);
  else known.push(one);
}

/** The type of a name at a place of a text: that of the innermost block around it which defines one. */
export function blockTypeAt(session: Session, source: Source, folded: string, at: number): NetType | undefined {
  let found: BlockType | undefined;
  for (const one of blockTypes.get(session)?.get(source) ?? []) {
    if (one.folded !== folded || at < one.block.start || at >= one.block.end) continue;
    if (found === undefined || one.block.start > found.block.start) found = one;
  }
  return found?.type;
}

/** The type of a name whose definition ran in a scope or in one around it. */
export function scopeType(from: Scope, folded: string): NetType | undefined {
  for (let scope: Scope | undefined = from; scope !== undefined; scope = scope.parent) {
    const type = scope.types?.get(folded);
    if (type !== undefined) return type;
  }
  return undefined;
}
