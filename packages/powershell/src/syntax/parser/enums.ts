import type { Token } from '../tokenizer/token.ts';
import type { AttributeAst, PropertyMember, StatementAst, TypeConstraint } from '../tree/index.ts';
import { endMember } from './classes.ts';
import { parseExpression } from './expressions.ts';
import { parseSimpleName } from './names.ts';
import type { Parser } from './parser.ts';
import { errorStatement } from './recovery.ts';
import { parseTypeNameTokens } from './type-names.ts';

/** `enum Name : type { labels }`; stands behind `enum`. */
export function parseEnum(
  parser: Parser,
  word: Token,
  attributes: readonly (AttributeAst | TypeConstraint)[],
): StatementAst {
  parser.skipNewlines();
  const name = parseSimpleName(parser);
  if (name === undefined) {
    parser.reportAfter('MissingNameAfterKeyword', word, parser.text(word));
    return errorStatement(word.start, word.end);
  }
  const { mode } = parser;
  parser.setMode('signature');
  const underlying = parseUnderlying(parser);
  parser.skipNewlines();
  const open = parser.take('{');
  if (open === undefined) {
    parser.reportAfter('MissingTypeBody', name, word.kind);
    parser.setMode(mode);
    return errorStatement(word.start, name.end);
  }
  const members: PropertyMember[] = [];
  for (let label = parseLabel(parser); label !== undefined; label = parseLabel(parser)) members.push(label);
  const close = parser.take('}');
  if (close === undefined) parser.reportAfter('MissingEndCurlyBrace', open);
  parser.setMode(mode);
  return {
    kind: 'typeDefinition',
    what: 'enum',
    name: name.value,
    nameExtent: { start: name.start, end: name.end },
    attributes: attributes.filter((each) => each.kind === 'attribute'),
    baseTypes: underlying === undefined ? [] : [underlying],
    members,
    start: attributes[0]?.start ?? word.start,
    end: close?.end ?? members.at(-1)?.end ?? open.end,
  };
}

const underlyingTypes =
  /^(?:system\.)?(?:byte|sbyte|int16|uint16|int32|uint32|int64|uint64|short|ushort|int|uint|long|ulong)$/i;

/** `: type` */
function parseUnderlying(parser: Parser): TypeConstraint | undefined {
  const colon = parser.take(':');
  if (colon === undefined) return undefined;
  parser.skipNewlines();
  const typeName = parseTypeNameTokens(parser, false);
  if (typeName === undefined) {
    parser.reportAfter('TypeNameExpected', colon);
    return undefined;
  }
  if (typeName.kind !== 'simpleType' || !underlyingTypes.test(typeName.name)) {
    parser.reportAt('InvalidUnderlyingType', typeName, parser.text(typeName));
  }
  return { kind: 'typeConstraint', typeName, start: typeName.start, end: typeName.end };
}

/** `Name = value` */
function parseLabel(parser: Parser): PropertyMember | undefined {
  parser.skipNewlines();
  const name = parseSimpleName(parser);
  if (name === undefined) return undefined;
  const { mode } = parser;
  parser.setMode('expression');
  const equals = parser.take('=');
  const initialValue = equals === undefined ? undefined : parseExpression(parser);
  const missing = equals !== undefined && initialValue === undefined;
  if (missing) parser.reportAfter('ExpectedValueExpression', equals, '=');
  parser.setMode(mode);
  return {
    kind: 'property',
    name: name.value,
    attributes: [],
    type: undefined,
    initialValue,
    isStatic: true,
    isHidden: false,
    start: name.start,
    end: endMember(parser, initialValue?.end ?? equals?.end ?? name.end, !missing),
  };
}
