import { netFailure } from '../errors/raise.ts';
import type { Value } from '../values/value.ts';

/** Stand-in until the regex engine is here. */
export interface PreparedRegex {
  find(text: string): readonly { name: string; text: string | undefined }[] | undefined;
  replace(text: string, replacement: string): string;
  replaceBy(text: string, evaluate: (match: Value) => string): string;
  split(text: string, limit: number): string[];
}

export function prepareRegex(
  pattern: string,
  options: { ignoreCase: boolean; multiline?: boolean; singleline?: boolean },
): PreparedRegex {
  let regex: RegExp;
  try {
    const inline = /^\(\?([imsx]+)\)/.exec(pattern);
    const flags = `g${options.ignoreCase || inline?.[1]?.includes('i') ? 'i' : ''}${inline?.[1]?.includes('m') || options.multiline ? 'm' : ''}${inline?.[1]?.includes('s') ? 's' : ''}`;
    regex = new RegExp(inline === null ? pattern : pattern.slice(inline[0].length), flags);
  } catch {
    throw netFailure(
      'System.Text.RegularExpressions.RegexParseException',
      `Invalid pattern '${pattern}' at offset 1. Not enough )'s.`,
    );
  }
  return {
    find(text) {
      regex.lastIndex = 0;
      const match = regex.exec(text);
      if (match === null) return undefined;
      const named = Object.entries(match.groups ?? {});
      const names = new Set(named.map(([, value]) => value));
      return [
        ...match
          .map((value, index) => ({ name: String(index), text: value }))
          .filter((one, index) => index === 0 || !names.has(one.text) || named.length === 0),
        ...named.map(([name, value]) => ({ name, text: value })),
      ];
    },
    replace: (text, replacement) =>
      text.replace(
        regex,
        replacement.replace(/\$\{(\w+)\}/g, (_, n) => (/^\d+$/.test(n) ? `$${n}` : `$<${n}>`)).replace(/\$0/g, '$&'),
      ),
    replaceBy: (text, evaluate) => text.replace(regex, (one) => evaluate(one)),
    split: (text, limit) => (limit === 1 ? [text] : limit > 0 ? splitFew(text, regex, limit) : text.split(regex)),
  };
}

function splitFew(text: string, regex: RegExp, limit: number): string[] {
  const parts: string[] = [];
  let at = 0;
  for (const match of text.matchAll(regex)) {
    if (parts.length + 1 >= limit) break;
    parts.push(text.slice(at, match.index));
    at = match.index + match[0].length;
  }
  return [...parts, text.slice(at)];
}

export function regexOperand(value: Value): PreparedRegex | undefined {
  void value;
  return undefined;
}
