import type { Token } from '../tokenizer/token.ts';
import type { GenericTypeName, SimpleTypeName, TypeName } from '../tree/index.ts';
import type { Parser } from './parser.ts';
import { skipTo } from './recovery.ts';

/** Arrays of arrays nest at most this deep. */
const maximumArrayDepth = 200;
const maximumRank = 32;

/**
 * A type name without its brackets. `undefined`, with nothing read, where none begins.
 * @param qualified whether an assembly may follow a comma
 */
export function parseTypeNameTokens(parser: Parser, qualified: boolean): TypeName | undefined {
  const { mode } = parser;
  parser.setMode('typeName');
  const name = parser.take('identifier');
  const type = name === undefined ? undefined : finishTypeName(parser, name, qualified, false);
  parser.setMode(mode);
  return type;
}

function simple({ value, start, end }: Token): SimpleTypeName {
  return { kind: 'simpleType', name: value, assembly: undefined, start, end };
}

/** @param bare an argument of a generic type without brackets of its own: a comma behind it separates arguments */
function finishTypeName(parser: Parser, name: Token, qualified: boolean, bare: boolean): TypeName {
  const open = parser.take('[');
  if (open === undefined) {
    const comma = qualified && !bare ? parser.take(',') : undefined;
    return comma === undefined ? simple(name) : withAssembly(parser, simple(name), comma);
  }
  parser.skipNewlines();
  const token = parser.next();
  switch (token.kind) {
    case ']':
    case ',':
      return parseDimensions(parser, simple(name), token, bare);
    case '[':
    case 'identifier':
      return parseGeneric(parser, name, token, bare);
    case 'eof':
      parser.unget(token);
      parser.reportAfter('MissingTypename', open);
      return simple(name);
    default:
      parser.reportAt('UnexpectedToken', token, parser.text(token));
      skipTo(parser, true, ']');
      return simple(name);
  }
}

function withAssembly(parser: Parser, type: SimpleTypeName, comma: Token): SimpleTypeName {
  const { name: assembly, end } = parser.assemblyName();
  if (assembly.trim() !== '') return { ...type, assembly, end };
  parser.reportAfter('MissingAssemblyNameSpecification', comma);
  return type;
}

function parseGeneric(parser: Parser, name: Token, first: Token, bare: boolean): TypeName {
  parser.enter();
  const { types, last } = parseTypeArguments(parser, first);
  parser.leave();
  let end = types.at(-1)?.end ?? first.end;
  if (last.kind === ']') {
    ({ end } = last);
  } else {
    parser.unget(last);
    parser.reportBefore('EndSquareBracketExpectedAtEndOfAttribute', last);
  }
  const generic: GenericTypeName = {
    kind: 'genericType',
    definition: simple(name),
    typeArguments: types,
    start: name.start,
    end,
  };
  if (parser.take('[') !== undefined) return parseDimensions(parser, generic, parser.next(), bare);
  const comma = bare ? undefined : parser.take(',');
  return comma === undefined
    ? generic
    : { ...generic, definition: { ...withAssembly(parser, generic.definition, comma), end: name.end } };
}

/** The arguments from the first on, which was read already; `last` is the token behind them. */
export function parseTypeArguments(parser: Parser, first: Token): { types: TypeName[]; last: Token } {
  const types = [parseTypeArgument(parser, first)];
  for (;;) {
    parser.skipNewlines();
    const last = parser.next();
    if (last.kind !== ',') return { types, last };
    parser.skipNewlines();
    const token = parser.take('identifier') ?? parser.take('[');
    if (token !== undefined) {
      types.push(parseTypeArgument(parser, token));
    } else {
      parser.reportAfter('MissingTypename', last);
      types.push(simple(last));
    }
  }
}

/** `Name` or `[Name, Assembly]`. */
function parseTypeArgument(parser: Parser, first: Token): TypeName {
  if (first.kind === 'identifier') return finishTypeName(parser, first, true, true);
  const name = parser.take('identifier');
  if (name === undefined) {
    parser.reportAfter('MissingTypename', parser.peek());
    return simple(first);
  }
  const type = finishTypeName(parser, name, true, false);
  if (parser.take(']') === undefined) parser.reportBefore('EndSquareBracketExpectedAtEndOfType', parser.peek());
  return type;
}

/** `[]`, `[,]`, and further ones for arrays of arrays; stands behind the first token after the first `[`. */
function parseDimensions(parser: Parser, element: TypeName, first: Token, bare: boolean): TypeName {
  let type = element;
  let token = first;
  for (let depth = 1; ; depth++) {
    if (depth === maximumArrayDepth) parser.reportAt('ScriptTooComplicated', { start: element.start, end: token.end });
    switch (token.kind) {
      case ']':
        type = { kind: 'arrayType', element: type, rank: 1, start: type.start, end: token.end };
        break;
      case ',':
        type = parseRank(parser, type, token);
        break;
      case 'eof':
        parser.unget(token);
        parser.reportBefore('EndSquareBracketExpectedAtEndOfAttribute', token);
        break;
      default:
        parser.reportAt('UnexpectedToken', token, parser.text(token));
        skipTo(parser, true, ']');
    }
    const comma = bare ? undefined : parser.take(',');
    if (comma !== undefined) return qualifyElement(parser, type, comma);
    if (depth >= maximumArrayDepth || parser.take('[') === undefined) return type;
    token = parser.next();
  }
}

function parseRank(parser: Parser, element: TypeName, first: Token): TypeName {
  let rank = 1;
  let comma = first;
  let token = first;
  for (; token.kind === ','; token = parser.next()) {
    rank++;
    comma = token;
  }
  if (token.kind !== ']') parser.unget(token);
  if (rank > maximumRank) {
    parser.report('ArrayHasTooManyDimensions', first.start, comma.end, String(rank));
    return element;
  }
  if (token.kind !== ']') parser.reportAfter('EndSquareBracketExpectedAtEndOfAttribute', comma);
  return { kind: 'arrayType', element, rank, start: element.start, end: token.end };
}

/** The assembly behind an array's brackets is that of its elements. */
function qualifyElement(parser: Parser, type: TypeName, comma: Token): TypeName {
  switch (type.kind) {
    case 'arrayType':
      return { ...type, element: qualifyElement(parser, type.element, comma) };
    case 'genericType':
      return { ...type, definition: withAssembly(parser, type.definition, comma) };
    case 'simpleType':
      return { ...withAssembly(parser, type, comma), end: type.end };
  }
}
