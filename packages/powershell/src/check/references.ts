import { basename, dirname, isAbsolute, resolve } from 'node:path';
import type { Source } from '../syntax/source.ts';
import type { CommandAst, CommandElement, ExpressionAst, ScriptBlockAst } from '../syntax/tree/index.ts';
import { plainText } from './script-set.ts';
import { walk } from './walk.ts';

/** Another file that a script runs or imports. */
export interface Reference {
  readonly start: number;
  /** As the script names it. */
  readonly text: string;
  /** Where it lies, if the text tells: `$PSScriptRoot/x.ps1`, `./x.ps1` beside a script with a file. */
  readonly path: string | undefined;
  /** True for a module named without a path. */
  readonly isModuleName: boolean;
}

/** The files that a script runs (`.`, `&`, by path) or imports (`Import-Module`, `using module`). */
export function referencesOf(source: Source, ast: ScriptBlockAst): readonly Reference[] {
  const found: Reference[] = [];
  const folder = source.file === undefined ? undefined : dirname(source.file);
  const add = (node: CommandElement, isModule: boolean): void => {
    const text = pathText(node);
    const isModuleName = isModule && text !== undefined && !/[\\/]|\.ps[md]?1$/i.test(text);
    found.push({
      start: node.start,
      text: text ?? source.text.slice(node.start, node.end),
      path: text === undefined || isModuleName ? undefined : located(text, folder),
      isModuleName,
    });
  };
  walk(ast, (node) => {
    if (node.kind === 'usingStatement' && node.what === 'module' && node.name !== undefined) add(node.name, true);
    if (node.kind !== 'command') return;
    const [head] = node.elements;
    if (head === undefined || head.kind === 'scriptBlockExpression') return;
    const name = plainText(head);
    if (name !== undefined && /^(import-module|ipmo)$/i.test(name)) {
      const module = moduleArgument(node);
      if (module !== undefined) add(module, true);
    } else if (name === undefined ? node.invocation !== undefined : /\.ps1$/i.test(name)) {
      // `. $file`; `& $command` calls a function more often than a file, which its place alone does not tell.
      if (name !== undefined || node.invocation === 'dot' || pathText(head) !== undefined) add(head, false);
    }
  });
  return found;
}

function moduleArgument({ elements }: CommandAst): CommandElement | undefined {
  const words = elements.slice(1);
  const named = words.findIndex((word) => word.kind === 'parameter' && 'name'.startsWith(word.name.toLowerCase()));
  const parameter = words[named];
  if (parameter?.kind === 'parameter') return parameter.argument ?? words[named + 1];
  return words.find(({ kind }) => kind !== 'parameter');
}

const rootVariable = 'psscriptroot';

/** A path that is plain text, or begins with the script's own folder: that stands as `.` in it. */
function pathText(node: CommandElement): string | undefined {
  switch (node.kind) {
    case 'string':
      return node.value;
    case 'expandableString':
      return joined(node.parts);
    case 'binary':
      return node.operator === '+' && isRoot(node.left) ? prefixed(plainText(node.right)) : undefined;
    case 'paren':
      return node.pipeline.kind === 'pipeline' ? joinPath(node.pipeline.elements) : undefined;
    default:
      return undefined;
  }
}

function joined(parts: readonly (string | ExpressionAst)[]): string | undefined {
  const [root, ...rest] = parts;
  if (typeof root === 'string' || root === undefined || !isRoot(root)) return undefined;
  return rest.every((part) => typeof part === 'string') ? prefixed(rest.join('')) : undefined;
}

/** `(Join-Path $PSScriptRoot 'x.ps1')` */
function joinPath(elements: readonly { readonly kind: string }[]): string | undefined {
  const [command] = elements;
  if (elements.length !== 1 || command === undefined || !isCommand(command)) return undefined;
  const [head, root, child] = command.elements.filter(({ kind }) => kind !== 'parameter');
  if (plainText(head)?.toLowerCase() !== 'join-path' || root === undefined || !isRoot(root)) return undefined;
  const name = plainText(child);
  return name === undefined ? undefined : prefixed(`/${name}`);
}

function isCommand(element: { readonly kind: string }): element is CommandAst {
  return element.kind === 'command';
}

function isRoot(node: CommandElement): boolean {
  return node.kind === 'variable' && node.scope === undefined && node.name.toLowerCase() === rootVariable;
}

function prefixed(rest: string | undefined): string | undefined {
  return rest === undefined ? undefined : `.${rest}`;
}

function located(text: string, folder: string | undefined): string | undefined {
  const path = text.replaceAll('\\', '/');
  if (isAbsolute(path)) return resolve(path);
  return folder === undefined ? undefined : resolve(folder, path);
}

/** The name by which a file of a set is known. */
export function fileName(path: string): string {
  return basename(path.replaceAll('\\', '/')).toLowerCase();
}
