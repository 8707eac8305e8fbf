import type { Token } from '../tokenizer/token.ts';
import {
  type AttributeAst,
  type Extent,
  type NamedBlock,
  type ParameterAst,
  type ScriptBlockAst,
  typeNameText,
  type UsingStatement,
} from '../tree/index.ts';
import { parseAttributes } from './attributes.ts';
import { parseParameterList } from './parameters.ts';
import type { Parser } from './parser.ts';
import { parseStatementBlock, parseStatementList } from './statements.ts';
import { parseUsings } from './usings.ts';

interface ParamBlock extends Extent {
  readonly attributes: readonly AttributeAst[];
  readonly parameters: readonly ParameterAst[];
}

interface Blocks {
  readonly dynamicParamBlock?: NamedBlock;
  readonly beginBlock?: NamedBlock;
  readonly processBlock?: NamedBlock;
  readonly endBlock?: NamedBlock;
  readonly cleanBlock?: NamedBlock;
}

/**
 * What stands between braces, or a whole script.
 * @param open the opening brace, which was read; `undefined` for a script
 */
export function parseScriptBlock(parser: Parser, open: Token | undefined, isFilter: boolean): ScriptBlockAst {
  parser.skipNewlines();
  const usings = open === undefined ? parseUsings(parser) : [];
  const { place } = parser;
  const param = parseParamBlock(parser);
  // Attributes that belong to no `param` begin a statement.
  if (param === undefined) parser.goBack(place);
  parser.skipTerminators();
  const { blocks, end } = isBlockName(parser.peek())
    ? parseNamedBlocks(parser, open, param)
    : parseUnnamedBlock(parser, open, param, isFilter);
  return {
    kind: 'scriptBlock',
    source: parser.source,
    attributes: param?.attributes ?? [],
    usings,
    parameters: param?.parameters,
    paramBlock: param === undefined ? undefined : { start: param.start, end: param.end },
    dynamicParamBlock: blocks.dynamicParamBlock,
    beginBlock: blocks.beginBlock,
    processBlock: blocks.processBlock,
    endBlock: blocks.endBlock,
    cleanBlock: blocks.cleanBlock,
    requires: open === undefined ? parser.requirements : [],
    start: open?.start ?? 0,
    end: open === undefined ? parser.source.text.length : end,
  } satisfies ScriptBlockAst & { usings: readonly UsingStatement[] };
}

/** `[attributes] param( … )`. Without the parenthesis `param` is a command. */
function parseParamBlock(parser: Parser): ParamBlock | undefined {
  parser.skipNewlines();
  const attributes = parseAttributes(parser, false);
  parser.skipNewlines();
  const word = parser.take('param');
  if (word === undefined) return undefined;
  parser.skipNewlines();
  const open = parser.take('(');
  if (open === undefined) return undefined;
  const parameters = parseParameterList(parser);
  parser.skipNewlines();
  const close = parser.take(')');
  if (close === undefined) {
    parser.reportAfter('MissingEndParenthesisInFunctionParameterList', parameters.at(-1) ?? open);
  }
  for (const attribute of attributes) {
    if (attribute.kind === 'typeConstraint') {
      parser.reportAt('TypeNotAllowedBeforeParam', attribute, typeNameText(attribute.typeName));
    }
  }
  const end = close?.end ?? Math.max(open.end, parser.peek().start - 1);
  return { attributes: attributes.filter((each) => each.kind === 'attribute'), parameters, start: word.start, end };
}

function isBlockName({ kind }: Token): boolean {
  switch (kind) {
    case 'begin':
    case 'process':
    case 'end':
    case 'clean':
    case 'dynamicparam':
      return true;
    default:
      return false;
  }
}

/** Statements without a block's name: an `end` block, in a filter a `process` block. */
function parseUnnamedBlock(
  parser: Parser,
  open: Token | undefined,
  param: Extent | undefined,
  isFilter: boolean,
): { blocks: Blocks; end: number } {
  const statements: NamedBlock['statements'][number][] = [];
  const traps: NamedBlock['traps'][number][] = [];
  let extent = param;
  let end: number | undefined;
  while (end === undefined) {
    const list = parseStatementList(parser);
    for (const statement of list.statements) statements.push(statement);
    for (const trap of list.traps) traps.push(trap);
    if (list.extent !== undefined) extent = { start: extent?.start ?? list.extent.start, end: list.extent.end };
    end = closeBlock(parser, open, extent);
  }
  const inside = extent ?? { start: open?.end ?? 0, end: open?.end ?? 0 };
  const block: NamedBlock = {
    kind: 'namedBlock',
    unnamed: true,
    statements,
    traps,
    start: inside.start,
    end: inside.end,
  };
  return { blocks: isFilter ? { processBlock: block } : { endBlock: block }, end };
}

/** The closing brace or the end of the script; `undefined` where a script goes on behind a token that nothing begins with. */
function closeBlock(parser: Parser, open: Token | undefined, inside: Extent | undefined): number | undefined {
  const token = parser.next();
  if (open !== undefined) {
    if (token.kind === '}') return token.end;
    parser.unget(token);
    parser.reportAt('MissingEndCurlyBrace', open);
    return inside?.end ?? open.end;
  }
  if (token.kind === 'eof') return token.end;
  parser.reportAt('UnexpectedToken', token, parser.text(token));
  return undefined;
}

type BlockName = 'begin' | 'process' | 'end' | 'clean' | 'dynamicparam';

const blockFields: Readonly<Record<BlockName, keyof Blocks>> = {
  begin: 'beginBlock',
  process: 'processBlock',
  end: 'endBlock',
  clean: 'cleanBlock',
  dynamicparam: 'dynamicParamBlock',
};

/** `begin { } process { } end { } clean { } dynamicparam { }`, each once, in any order. */
function parseNamedBlocks(
  parser: Parser,
  open: Token | undefined,
  param: Extent | undefined,
): { blocks: Blocks; end: number } {
  let blocks: Blocks = {};
  let extent = open ?? param;
  for (;;) {
    const name = parser.next();
    if (name.kind === '}' || name.kind === 'eof') {
      parser.unget(name);
      return { blocks, end: closeBlock(parser, open, extent) ?? name.end };
    }
    const { kind } = name;
    if (!isNamed(kind)) {
      if (open !== undefined) parser.unget(name);
      parser.reportAt('MissingNamedBlocks', name, parser.text(name));
      return { blocks, end: extent?.end ?? name.start };
    }
    const body = parseStatementBlock(parser);
    if (body === undefined) parser.reportAfter('MissingNamedStatementBlock', name, kind);
    const block: NamedBlock = {
      kind: 'namedBlock',
      unnamed: false,
      statements: body?.statements ?? [],
      traps: body?.traps ?? [],
      start: name.start,
      end: body?.end ?? name.end,
    };
    const field = blockFields[kind];
    if (blocks[field] === undefined) blocks = { ...blocks, [field]: block };
    else parser.reportAt('DuplicateScriptCommandClause', block, kind);
    extent = { start: extent?.start ?? name.start, end: block.end };
    parser.skipTerminators();
  }
}

function isNamed(kind: string): kind is BlockName {
  return Object.hasOwn(blockFields, kind);
}
