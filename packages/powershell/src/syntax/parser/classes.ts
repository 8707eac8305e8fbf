import { isKeyword } from '../tokenizer/keywords.ts';
import type { Token } from '../tokenizer/token.ts';
import type {
  AttributeAst,
  Extent,
  FunctionMember,
  PropertyMember,
  StatementAst,
  TypeConstraint,
  TypeDefinition,
} from '../tree/index.ts';
import { parseAttribute } from './attributes.ts';
import { parseExpression } from './expressions.ts';
import { parseMethod } from './methods.ts';
import { parseSimpleName } from './names.ts';
import type { Parser } from './parser.ts';
import { errorStatement, skipTo } from './recovery.ts';
import { parseTypeNameTokens } from './type-names.ts';

/** `class Name : Base { members }`; stands behind `class`. */
export function parseClass(
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
  parser.skipNewlines();
  const { mode } = parser;
  parser.setMode('signature');
  const baseTypes = parseBaseTypes(parser);
  const open = parser.take('{');
  if (open === undefined) {
    const last = baseTypes.at(-1) ?? name;
    parser.reportAfter('MissingTypeBody', last, word.kind);
    parser.setMode(mode);
    return errorStatement(word.start, last.end);
  }
  const members: TypeDefinition['members'][number][] = [];
  let end = open.end;
  for (;;) {
    const member = parseMember(parser, name.value);
    if (member === undefined) break;
    if (member === 'failed') continue;
    members.push(member);
    ({ end } = member);
  }
  const close = parser.take('}');
  if (close === undefined) parser.reportAfter('MissingEndCurlyBrace', open);
  parser.setMode(mode);
  return {
    kind: 'typeDefinition',
    what: 'class',
    name: name.value,
    nameExtent: { start: name.start, end: name.end },
    attributes: attributes.filter((each) => each.kind === 'attribute'),
    baseTypes,
    members,
    start: attributes[0]?.start ?? word.start,
    end: close?.end ?? end,
  };
}

/** `: Base, Interface` */
function parseBaseTypes(parser: Parser): TypeConstraint[] {
  const types: TypeConstraint[] = [];
  let separator = parser.take(':');
  if (separator === undefined) return types;
  parser.skipNewlines();
  while (separator !== undefined) {
    const typeName = parseTypeNameTokens(parser, false);
    if (typeName === undefined) {
      parser.reportAfter('TypeNameExpected', separator);
      break;
    }
    types.push({ kind: 'typeConstraint', typeName, start: typeName.start, end: typeName.end });
    parser.skipNewlines();
    separator = parser.take(',');
    parser.skipNewlines();
  }
  return types;
}

/** What stands before the name of a member. */
export interface MemberHead {
  readonly start: number;
  readonly attributes: readonly AttributeAst[];
  readonly type: TypeConstraint | undefined;
  readonly isStatic: boolean;
  readonly isHidden: boolean;
}

/** A member; `undefined` where none begins, `failed` where what was read is to be forgotten. */
function parseMember(parser: Parser, className: string): PropertyMember | FunctionMember | 'failed' | undefined {
  const { head, last } = parseHead(parser);
  const token = parser.peek();
  if (token.kind === 'variable') {
    parser.skip();
    return parseProperty(parser, token, head);
  }
  if (token.kind === 'identifier' || isKeyword(token.kind)) {
    parser.skip();
    const method = parseMethod(parser, token, className, head);
    if (method !== undefined) return method;
    skipTo(parser, false, '}');
    return head.attributes.length > 0 || head.type !== undefined ? 'failed' : undefined;
  }
  if (last === undefined) return undefined;
  parser.reportAfter('IncompleteMemberDefinition', last);
  return head.attributes.length > 0 || head.type !== undefined ? 'failed' : undefined;
}

function parseHead(parser: Parser): { head: MemberHead; last: Extent | undefined } {
  const attributes: AttributeAst[] = [];
  let type: TypeConstraint | undefined;
  let isStatic = false;
  let isHidden = false;
  let start: number | undefined;
  let last: Extent | undefined;
  for (;;) {
    parser.skipNewlines();
    const attribute = parseAttribute(parser);
    const word = attribute === undefined ? (parser.take('static') ?? parser.take('hidden')) : undefined;
    const read = attribute ?? word;
    start ??= read?.start ?? parser.peek().start;
    if (read === undefined) return { head: { start, attributes, type, isStatic, isHidden }, last };
    last = read;
    if (word?.kind === 'static') {
      if (isStatic) parser.reportAt('DuplicateQualifier', word, parser.text(word));
      isStatic = true;
    } else if (word !== undefined) {
      if (isHidden) parser.reportAt('DuplicateQualifier', word, parser.text(word));
      isHidden = true;
    } else if (attribute?.kind === 'attribute') {
      attributes.push(attribute);
    } else if (type === undefined) {
      type = attribute;
    } else {
      parser.reportAt('TooManyTypes', read);
    }
  }
}

/** `$name = value` */
function parseProperty(parser: Parser, token: Token, head: MemberHead): PropertyMember {
  const equals = parser.take('=');
  if (equals !== undefined) parser.skipNewlines();
  const initialValue = equals === undefined ? undefined : parseExpression(parser);
  return {
    kind: 'property',
    name: token.value,
    attributes: head.attributes,
    type: head.type,
    initialValue,
    isStatic: head.isStatic,
    isHidden: head.isHidden,
    start: head.start,
    end: endMember(parser, initialValue?.end ?? token.end),
  };
}

/** A semicolon, newline or the closing brace behind a property or label; a semicolon belongs to it. */
export function endMember(parser: Parser, end: number, report = true): number {
  const terminator = parser.peek();
  const { kind } = terminator;
  if (kind !== 'newline' && kind !== ';' && kind !== '}' && report) {
    parser.report('MissingPropertyTerminator', end, end);
  }
  parser.skipTerminators();
  return kind === ';' ? terminator.end : end;
}
