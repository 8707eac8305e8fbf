const words = [
  'assembly',
  'base',
  'begin',
  'break',
  'catch',
  'class',
  'clean',
  'command',
  'configuration',
  'continue',
  'data',
  'default',
  'define',
  'do',
  'dynamicparam',
  'else',
  'elseif',
  'end',
  'enum',
  'exit',
  'filter',
  'finally',
  'for',
  'foreach',
  'from',
  'function',
  'hidden',
  'if',
  'in',
  'inlinescript',
  'interface',
  'module',
  'namespace',
  'parallel',
  'param',
  'private',
  'process',
  'public',
  'return',
  'sequence',
  'static',
  'switch',
  'throw',
  'trap',
  'try',
  'type',
  'until',
  'using',
  'var',
  'while',
  'workflow',
] as const;

/** Words that are keywords where a statement may begin; everywhere else they are words like any other. */
export type Keyword = (typeof words)[number];

const byText: ReadonlyMap<string, Keyword> = new Map(words.map((word) => [word, word]));

export function keyword(text: string): Keyword | undefined {
  if (text.length < 2 || text.length > 13) return undefined;
  return byText.get(text) ?? byText.get(text.toLowerCase());
}

export function isKeyword(kind: string): boolean {
  return byText.has(kind);
}

/** Statements that attributes cannot stand before. */
export const withoutAttributes: ReadonlySet<string> = new Set<Keyword>([
  'break',
  'continue',
  'data',
  'define',
  'do',
  'exit',
  'filter',
  'for',
  'foreach',
  'from',
  'function',
  'if',
  'inlinescript',
  'parallel',
  'return',
  'sequence',
  'switch',
  'throw',
  'trap',
  'try',
  'using',
  'var',
  'while',
  'workflow',
]);
