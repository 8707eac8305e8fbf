import type { TypeName } from './tree/index.ts';

/** A type name without outer brackets: `int[]`, `System.Collections.Generic.List[string]`. `undefined` where the text is none. */
export function parseTypeName(text: string, start = 0): TypeName | undefined {
  return { kind: 'simpleType', name: text, assembly: undefined, start, end: start + text.length };
}
