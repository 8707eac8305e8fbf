import { runtimeError } from '../errors/raise.ts';
import type { Session } from '../runtime/session.ts';
import type { Source } from '../syntax/source.ts';
import { type ScriptBlockAst, type TypeName, typeNameText } from '../syntax/tree/index.ts';
import { closeType } from '../types/closed-type.ts';
import { arrayOf } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { readTypeText } from '../types/type-text.ts';
import { blockTypeAt, isScoped, scopeType } from './scoped-types.ts';

const bySession = new WeakMap<Session, WeakMap<Source, Map<string, NetType>>>();

/** The types that a script's code sees; a map to add to. */
export function scriptTypes(session: Session, source: Source): Map<string, NetType> {
  let sources = bySession.get(session);
  if (sources === undefined) {
    sources = new WeakMap();
    bySession.set(session, sources);
  }
  let types = sources.get(source);
  if (types === undefined) {
    types = new Map();
    sources.set(source, types);
  }
  return types;
}

const namespaces = new WeakMap<Source, readonly string[]>();

/** Keeps the namespaces that a script uses, for names of types that are looked up apart from its code. */
export function useNamespaces(script: ScriptBlockAst): void {
  const names = script.usings.flatMap(({ what, name }) => (what === 'namespace' && name ? [name.value] : []));
  if (names.length > 0) namespaces.set(script.source, names);
}

export function namespacesOf(source: Source): readonly string[] {
  return namespaces.get(source) ?? [];
}

/**
 * The type of a name in a script: of its own types and those of the modules it uses, then of the session's.
 * @throws Thrown TypeNotFound
 */
export function resolveTypeName(
  name: TypeName,
  source: Source,
  session: Session,
  usings: readonly string[] = namespacesOf(source),
): NetType {
  const type = resolveInScript(name, source, session, usings);
  if (type !== undefined) return type;
  // The session tells what is unknown; a type that it knows is out of scope here.
  const known = session.types.resolve(name, usings);
  if (!isScoped(known)) return known;
  throw runtimeError('TypeNotFound', `Unable to find type [${typeNameText(name)}].`, {
    category: 'InvalidOperation',
    target: typeNameText(name),
  });
}

/** The type that a text names while a script runs: the namespaces that the script uses count. `undefined` for an unknown one. */
export function typeOfText(text: string, session: Session): NetType | undefined {
  const found = session.types.parse(text);
  const usings = found === undefined ? namespacesOf(session.frame.source) : [];
  const name = usings.length === 0 ? undefined : readTypeText(text);
  return name === undefined ? found : session.types.tryResolve(name, usings);
}

/**
 * Looks a type name up where it stands: among the types of the blocks around it, of its script, of the running scopes, of
 * the session. `undefined` where some part is unknown.
 */
export function resolveInScript(
  name: TypeName,
  source: Source,
  session: Session,
  usings: readonly string[],
): NetType | undefined {
  const inner = (part: TypeName): NetType | undefined => resolveInScript(part, source, session, usings);
  switch (name.kind) {
    case 'simpleType': {
      const folded = name.name.toLowerCase();
      const seen =
        blockTypeAt(session, source, folded, name.start) ??
        bySession.get(session)?.get(source)?.get(folded) ??
        scopeType(session.frame.scope, folded);
      if (seen !== undefined) return seen;
      const type = session.types.tryResolve(name, usings);
      return type === undefined || isScoped(type) ? undefined : type;
    }
    case 'arrayType': {
      const element = inner(name.element);
      return element === undefined ? undefined : arrayOf(element, name.rank);
    }
    case 'genericType': {
      const { name: text } = name.definition;
      const open = text.includes('`') ? text : `${text}\`${name.typeArguments.length}`;
      const definition = session.types.find(open, usings);
      const typeArguments = name.typeArguments.map(inner);
      if (definition === undefined || typeArguments.some((one) => one === undefined)) return undefined;
      return closeType(
        definition,
        typeArguments.filter((one) => one !== undefined),
      );
    }
  }
}
