import { checkScript } from './checks/check-script.ts';
import type { ParseTypes } from './checks/context.ts';
import type { ParseError } from './parse-error.ts';
import { Parser, TooDeep } from './parser/parser.ts';
import { parseScriptBlock } from './parser/script-blocks.ts';
import type { Source } from './source.ts';
import type { ScriptBlockAst } from './tree/index.ts';

export interface ParseResult {
  readonly ast: ScriptBlockAst;
  /** In the order in which PowerShell lists them; empty for a script that runs. */
  readonly errors: readonly ParseError[];
}

/**
 * Parses a whole script. Never throws: what does not parse is in `errors`, and the tree then stands only for display.
 * @param types what is known of types: code of classes must name types that exist. Without it no name is doubted.
 */
export function parse(source: Source, types?: ParseTypes): ParseResult {
  const parser = new Parser(source);
  try {
    const ast = parseScriptBlock(parser, undefined, false);
    checkScript(ast, types, (id, extent, ...args) => parser.reportAt(id, extent, ...args));
    return { ast, errors: parser.errors };
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    const { length } = source.text;
    parser.report('ScriptTooComplicated', parser.offset, Math.min(parser.offset + 1, length));
    return { ast: emptyScript(source), errors: parser.errors };
  }
}

function emptyScript(source: Source): ScriptBlockAst {
  return {
    kind: 'scriptBlock',
    source,
    attributes: [],
    usings: [],
    parameters: undefined,
    paramBlock: undefined,
    dynamicParamBlock: undefined,
    beginBlock: undefined,
    processBlock: undefined,
    endBlock: undefined,
    cleanBlock: undefined,
    requires: [],
    start: 0,
    end: source.text.length,
  };
}
