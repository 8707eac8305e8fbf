import type { Session } from '../runtime/session.ts';
import type { SessionState } from '../runtime/session-state.ts';
import type { ScriptBlockAst, TypeDefinition, TypeName } from '../syntax/tree/index.ts';
import { type Node, visitChildren } from '../syntax/walk.ts';
import { netTypes } from '../types/intrinsic.ts';
import { NetType } from '../types/net-type.ts';
import { netName } from '../types/type-display.ts';
import { classDescription } from './class-type.ts';
import type { ClassPlace } from './code.ts';
import { DefinitionErrors } from './definition-errors.ts';
import { enumDescription } from './enum-type.ts';
import { addBlockType, isScoped, keepDefinedType, limitToScopes } from './scoped-types.ts';
import { TypeLookup } from './type-lookup.ts';
import { namespacesOf, scriptTypes, useNamespaces } from './type-scope.ts';

const definitions = new WeakMap<ScriptBlockAst, readonly TypeDefinition[]>();
/** The function or block that a definition stands in, where it is not the script's own. */
const blocks = new WeakMap<TypeDefinition, ScriptBlockAst>();

/** The classes and enums of a script, those in its functions and blocks included. */
export function typeDefinitionsIn(script: ScriptBlockAst): readonly TypeDefinition[] {
  const known = definitions.get(script);
  if (known !== undefined) return known;
  const found: TypeDefinition[] = [];
  // A search of the tree is spared where the words do not occur at all.
  if (/\b(?:class|enum)\b/i.test(script.source.text)) {
    const search = (node: Node, block: ScriptBlockAst): void => {
      if (node.kind === 'typeDefinition') {
        found.push(node);
        if (block !== script) blocks.set(node, block);
      }
      const inner = node.kind === 'scriptBlock' ? node : block;
      visitChildren(node, (child) => search(child, inner));
    };
    search(script, script);
  }
  definitions.set(script, found);
  return found;
}

const defined = new WeakMap<Session, WeakMap<ScriptBlockAst, readonly NetType[]>>();

/**
 * Makes the types of a script known before its first statement runs, so that they may be used before they are written.
 * Code of the script sees them; those of the global world are the session's, too.
 * @returns the types
 * @throws Thrown a ParseException where one cannot be defined
 */
export function defineTypes(script: ScriptBlockAst, session: Session, state: SessionState): readonly NetType[] {
  if (!isWholeScript(script)) return [];
  useNamespaces(script);
  const asts = typeDefinitionsIn(script);
  if (asts.length === 0) return [];
  let scripts = defined.get(session);
  if (scripts === undefined) {
    scripts = new WeakMap();
    defined.set(session, scripts);
  }
  const types = scripts.get(script) ?? makeTypes(script, asts, session, state);
  scripts.set(script, types);
  if (state.module === undefined) {
    // Those of the script itself come last: they are what a name means in the session.
    for (const type of types) if (isScoped(type)) session.types.define(type);
    for (const type of types) if (!isScoped(type)) session.types.define(type);
  }
  return types;
}

/** What stands between braces was looked through with the script around it. */
function isWholeScript({ start, source: { text } }: ScriptBlockAst): boolean {
  return start === 0 && text.charCodeAt(0) !== 123;
}

function makeTypes(
  script: ScriptBlockAst,
  asts: readonly TypeDefinition[],
  session: Session,
  state: SessionState,
): readonly NetType[] {
  const { source, usings } = script;
  const errors = new DefinitionErrors(source);
  const known = scriptTypes(session, source);
  const pending = new Map<NetType, TypeDefinition>();
  for (const ast of asts) {
    const type = new NetType(ast.name, { names: session.types });
    const folded = ast.name.toLowerCase();
    const block = blocks.get(ast);
    if (block === undefined) known.set(folded, type);
    else addBlockType(session, source, { folded, type, block });
    if (block !== undefined || (source.file !== undefined && session.frame.caller !== undefined)) limitToScopes(type);
    keepDefinedType(session, ast, type);
    pending.set(type, ast);
  }
  const lookup = new TypeLookup(session, source, namespacesOf(source), errors);
  const place: ClassPlace = { session, state, source, usings };
  const types = [...pending.keys()];
  // An enum may be the type of a property, a class the base of another: bases come first.
  const describe = (type: NetType, ast: TypeDefinition): void => {
    pending.delete(type);
    const [first] = ast.baseTypes;
    const named = ast.baseTypes.map(({ typeName }) => lookup.resolve(typeName));
    for (const one of isCircular(ast, asts) ? [] : named) {
      const before = pending.get(one);
      if (before !== undefined) describe(one, before);
    }
    if (ast.what === 'enum') {
      type.describe(enumDescription(ast, first === undefined ? undefined : named[0], place, errors));
      return;
    }
    const { base, interfaces } = basesOf(ast, named, errors);
    // Known as a class from now on, so that its own members may name it.
    type.describe({ name: ast.name, kind: 'class', isScriptDefined: true, baseType: base, interfaceTypes: interfaces });
    type.describe(classDescription({ ast, type, place, lookup, errors, base, interfaces }));
  };
  for (const [type, ast] of [...pending]) if (ast.what === 'enum' && pending.has(type)) describe(type, ast);
  for (const [type, ast] of [...pending]) if (pending.has(type)) describe(type, ast);
  errors.throwIfAny();
  return types;
}

/** Whether a class derives from itself: its base is unknown then, unless it stands before. */
function isCircular(ast: TypeDefinition, asts: readonly TypeDefinition[]): boolean {
  const seen = new Set<TypeDefinition>();
  for (let one: TypeDefinition | undefined = ast; one !== undefined && !seen.has(one); ) {
    seen.add(one);
    const typeName: TypeName | undefined = one.baseTypes[0]?.typeName;
    const name: string | undefined = typeName?.kind === 'simpleType' ? typeName.name.toLowerCase() : undefined;
    one = asts.find((other) => other.name.toLowerCase() === name);
    if (one === ast) return true;
  }
  return false;
}

/** The first type behind the colon may be a class, all others are interfaces. */
function basesOf(
  ast: TypeDefinition,
  named: readonly NetType[],
  errors: DefinitionErrors,
): { base: NetType; interfaces: NetType[] } {
  const interfaces: NetType[] = [];
  let base: NetType = netTypes.object;
  for (const [index, type] of named.entries()) {
    const written = ast.baseTypes[index] ?? ast;
    const shown = netName(type).replace(/^.*\./, '');
    if (!type.isDescribed) errors.report('TypeNotFound', written, type.name);
    else if (type.element !== undefined) errors.report('SubtypeArray', written, netName(type));
    else if (type.kind === 'interface') interfaces.push(type);
    else if (index > 0) errors.report('InterfaceNameExpected', written, shown);
    else if (type.kind !== 'class' || sealed.has(type.name)) errors.report('SealedBaseClass', written, typeShort(type));
    else base = type;
  }
  return { base, interfaces };
}

const sealed = new Set(['System.String', 'System.Text.StringBuilder', 'System.Management.Automation.PSCustomObject']);

function typeShort({ name }: NetType): string {
  return name.replace(/^.*\./, '');
}
