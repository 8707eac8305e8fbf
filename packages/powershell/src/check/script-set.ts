import { basename } from 'node:path';
import { parse } from '../syntax/parse.ts';
import type { ParseError } from '../syntax/parse-error.ts';
import type { Source } from '../syntax/source.ts';
import type {
  CommandAst,
  CommandElement,
  ExpressionAst,
  FunctionDefinition,
  ScriptBlockAst,
  TypeDefinition,
} from '../syntax/tree/index.ts';
import { fileName, referencesOf } from './references.ts';
import { walk } from './walk.ts';

/** One script of a set, parsed. */
export interface CheckedScript {
  readonly source: Source;
  readonly ast: ScriptBlockAst;
  readonly errors: readonly ParseError[];
}

/** What the scripts that are checked together define for one another. Names are folded. */
export interface Declarations {
  /** What the scripts run or import that is not among them: unknown commands and types may come from there. */
  readonly outside: readonly string[];
  readonly functions: ReadonlyMap<string, FunctionDefinition>;
  /** From `Set-Alias` and `New-Alias` with plain words. */
  readonly aliases: ReadonlyMap<string, string>;
  readonly types: ReadonlyMap<string, TypeDefinition>;
  /** Names of methods and properties that `Add-Member`, `Update-TypeData` or classes add. */
  readonly members: ReadonlySet<string>;
  /** File names without folder, and without extension. */
  readonly files: ReadonlySet<string>;
}

export function parseAll(sources: readonly Source[]): readonly CheckedScript[] {
  return sources.map((source) => ({ source, ...parse(source) }));
}

export function declarationsOf(scripts: readonly CheckedScript[], embeddedModules: ReadonlySet<string>): Declarations {
  const functions = new Map<string, FunctionDefinition>();
  const aliases = new Map<string, string>();
  const types = new Map<string, TypeDefinition>();
  const members = new Set<string>();
  const files = new Set<string>();
  for (const { source, ast } of scripts) {
    if (source.file !== undefined) addFile(files, source.file);
    walk(ast, (node) => {
      switch (node.kind) {
        case 'function':
          functions.set(withoutScope(node.name).toLowerCase(), node);
          for (const alias of ownAliases(node)) aliases.set(alias, withoutScope(node.name));
          break;
        case 'typeDefinition':
          types.set(node.name.toLowerCase(), node);
          for (const member of node.members) members.add(member.name.toLowerCase());
          break;
        case 'command':
          addFromCommand(node, aliases, members);
      }
    });
  }
  const outside = scripts.flatMap(({ source, ast }) =>
    referencesOf(source, ast)
      .filter(({ text }) => !files.has(fileName(text)) && !embeddedModules.has(text.toLowerCase()))
      .map(({ text }) => text),
  );
  const made = scripts.some(({ ast }) => makesCode(ast)) ? ['code made at run time'] : [];
  return { functions, aliases, types, members, files, outside: [...outside, ...made] };
}

/** `[Alias()]` over the parameters of a function. */
function ownAliases({ body }: FunctionDefinition): readonly string[] {
  return body.attributes.flatMap(({ typeName, positional }) =>
    typeName.kind === 'simpleType' && typeName.name.toLowerCase() === 'alias'
      ? positional.flatMap((alias) => plainText(alias)?.toLowerCase() ?? [])
      : [],
  );
}

/** Whether a script makes functions, types or members that its text does not show. */
function makesCode(ast: ScriptBlockAst): boolean {
  let found = false;
  walk(ast, (node) => {
    if (node.kind === 'variable' && (node.scope === 'function' || node.scope === 'alias')) found = true;
    if (node.kind !== 'command') return;
    const name = plainText(node.elements[0])?.toLowerCase() ?? '';
    const words = node.elements.slice(1);
    if (makers.has(name)) found = true;
    if (name === 'import-module' && words.some((word) => word.kind === 'parameter' && /^p/i.test(word.name)))
      found = true;
    if (itemMakers.has(name) && words.some((word) => /^(function|alias):/i.test(beginning(word)))) found = true;
  });
  return found;
}

/** Commands whose texts become code. */
const makers = new Set(['invoke-expression', 'iex', 'new-module']);
const itemMakers = new Set(['set-item', 'si', 'new-item', 'ni', 'copy-item', 'rename-item']);

/** The text that a word begins with. */
function beginning(word: CommandElement): string {
  if (word.kind !== 'expandableString') return plainText(word) ?? '';
  const [first] = word.parts;
  return typeof first === 'string' ? first : '';
}

function addFile(files: Set<string>, path: string): void {
  const name = basename(path).toLowerCase();
  files.add(name);
  files.add(name.replace(/\.(ps1|psm1|psd1)$/, ''));
}

function addFromCommand(command: CommandAst, aliases: Map<string, string>, members: Set<string>): void {
  const name = plainText(command.elements[0])?.toLowerCase();
  if (name === 'set-alias' || name === 'new-alias' || name === 'sal' || name === 'nal') {
    const alias = argument(command, 'name', 0);
    const target = argument(command, 'value', 1);
    if (alias !== undefined && target !== undefined) aliases.set(alias.toLowerCase(), target);
  } else if (name === 'add-member' || name === 'update-typedata') {
    for (const element of command.elements) {
      if (element.kind === 'string') members.add(element.value.toLowerCase());
    }
  }
}

/** `script:Name` names the same function as `Name`. */
function withoutScope(name: string): string {
  return name.replace(/^(global|script|local|private):/i, '');
}

/** The text of a word or a quoted text without anything to expand. */
export function plainText(node: { readonly kind: string } | undefined): string | undefined {
  return node !== undefined && isString(node) ? node.value : undefined;
}

function isString(node: { readonly kind: string }): node is Extract<ExpressionAst, { kind: 'string' }> {
  return node.kind === 'string';
}

/** The plain text of a parameter of a command, by name or by its position among the arguments without one. */
export function argument(command: CommandAst, name: string, position: number): string | undefined {
  let positional = 0;
  const elements = command.elements.slice(1);
  for (let at = 0; at < elements.length; at++) {
    const element = elements[at];
    if (element === undefined) break;
    if (element.kind !== 'parameter') {
      if (positional++ === position) return plainText(element);
      continue;
    }
    const isNamed = element.name !== '' && name.startsWith(element.name.toLowerCase());
    const value = element.argument ?? elements[at + 1];
    if (isNamed) return plainText(value);
    // The next word belongs to this parameter, as far as one can tell without knowing the command.
    if (element.argument === undefined && elements[at + 1]?.kind !== 'parameter') at++;
  }
  return undefined;
}
