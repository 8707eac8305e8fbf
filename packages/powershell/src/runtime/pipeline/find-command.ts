import { resolveNative } from '../../commands/items/paths.ts';
import { Thrown } from '../../errors/thrown.ts';
import { parse } from '../../syntax/parse.ts';
import { ScriptBlock } from '../../values/script-block.ts';
import { type AliasCommand, type Command, type FunctionCommand, ScriptFileCommand } from '../command.ts';
import { parseFailure } from '../parse-failure.ts';
import { parseTypes } from '../parse-types.ts';
import type { Scope } from '../scope.ts';
import type { Session } from '../session.ts';
import type { SessionState } from '../session-state.ts';

/** Resolves a command name as PowerShell does: alias (followed to its end), function, cmdlet, script file by path. */
export function findCommand(session: Session, name: string, state: SessionState): Command | undefined {
  return findCommandFrom(session, name, state.current);
}

/** As `findCommand`, for the functions and aliases that a scope sees. */
export function findCommandFrom(session: Session, name: string, scope: Scope): Command | undefined {
  let asked = name;
  const alias = findAlias(scope, name.toLowerCase());
  if (alias !== undefined) {
    const target = followAlias(alias, scope);
    const found = findNamed(session, target, scope);
    if (found !== undefined || target.includes('\\')) return found ?? findQualified(session, target, scope);
    asked = target;
  }
  return (
    findNamed(session, asked, scope) ??
    (/[\\/]/.test(asked) || /\.ps1$/i.test(asked)
      ? (findQualified(session, asked, scope) ?? findScriptFile(session, asked))
      : findNamed(session, `get-${asked}`, scope))
  );
}

function findNamed(session: Session, name: string, scope: Scope): Command | undefined {
  const folded = name.toLowerCase();
  return findFunction(scope, folded) ?? session.cmdlets.get(folded);
}

/** The alias of a folded name that a scope sees. */
export function findAlias(from: Scope, folded: string): AliasCommand | undefined {
  for (let scope: Scope | undefined = from; scope !== undefined; scope = scope.parent) {
    const alias = scope.aliases?.get(folded);
    if (alias !== undefined && (scope === from || !alias.options.has('Private'))) return alias;
  }
  return undefined;
}

/** The function of a folded name that a scope sees. */
function findFunction(from: Scope, folded: string): FunctionCommand | undefined {
  for (let scope: Scope | undefined = from; scope !== undefined; scope = scope.parent) {
    const command = scope.functions?.get(folded);
    if (command !== undefined && (scope === from || !command.options.has('Private'))) return command;
  }
  return undefined;
}

/** What a name that nothing answers to stands for: the end of its aliases, or itself. */
export function nameBehindAliases(name: string, scope: Scope): string {
  const alias = findAlias(scope, name.toLowerCase());
  return alias === undefined ? name : followAlias(alias, scope);
}

/** The name at the end of a chain of aliases; a chain that comes back to itself ends where it would. */
function followAlias(first: AliasCommand, scope: Scope): string {
  const seen = new Set<AliasCommand>();
  let alias = first;
  for (;;) {
    seen.add(alias);
    const next = findAlias(scope, alias.definition.toLowerCase());
    if (next === undefined || seen.has(next)) return alias.definition;
    alias = next;
  }
}

/** `Module\Name`: the command that the module exports, or a cmdlet of the module of that name. */
function findQualified(session: Session, name: string, scope: Scope): Command | undefined {
  const match = /^([^\\/]+)[\\/]([^\\/]+)$/.exec(name);
  const [, module, command] = match ?? [];
  if (module === undefined || command === undefined || module === '.' || module === '..') return undefined;
  const folded = command.toLowerCase();
  const cmdlet = session.cmdlets.get(folded);
  if (cmdlet?.cmdlet.module.toLowerCase() === module.toLowerCase()) return cmdlet;
  for (const one of session.modules.values()) {
    if (one.name.toLowerCase() !== module.toLowerCase()) continue;
    const exported = one.exportedFunctions.get(folded);
    if (exported !== undefined) return exported;
    const alias = one.exportedAliases.get(folded);
    if (alias !== undefined) return findNamed(session, alias.definition, one.state?.top ?? scope);
  }
  return undefined;
}

/** A script file by its path; `.ps1` may be left out where a folder is named. */
export function findScriptFile(session: Session, name: string): ScriptFileCommand | undefined {
  const path = nativePath(session, name);
  if (path === undefined) return undefined;
  for (const candidate of /\.ps1$/i.test(path) ? [path] : [`${path}.ps1`]) {
    if (session.world.files.stat(candidate)?.kind !== 'file') continue;
    const text = session.world.files.readText(candidate).replace(/^\uFEFF/, '');
    const source = { text, file: candidate };
    const { ast, errors } = parse(source, parseTypes(session.types));
    if (errors.length > 0) throw parseFailure(source, errors);
    const block = new ScriptBlock(ast, text);
    return new ScriptFileCommand(candidate.slice(candidate.lastIndexOf('/') + 1), candidate, block);
  }
  return undefined;
}

/** A drive that is not there has no commands. */
function nativePath(session: Session, name: string): string | undefined {
  try {
    return resolveNative(session, name);
  } catch (error) {
    if (error instanceof Thrown) return undefined;
    throw error;
  }
}
