import { typeOf } from '../../conversion/base.ts';
import { literalValue } from '../../conversion/number-literal.ts';
import { isTrue } from '../../conversion/truth.ts';
import { sessionOf } from '../../runtime/session-of.ts';
import { type ScriptBlockAst, type TypeName, typeNameText } from '../../syntax/tree/index.ts';
import type { Node } from '../../syntax/walk.ts';
import { NetArray } from '../../values/array.ts';
import { AstObject, type ParamBlock, ScriptExtent, VariablePathObject } from '../../values/ast-object.ts';
import { as, bool, object } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { namedType, netTypes } from '../intrinsic.ts';
import type { CallContext, Overload, Property, TypeDescription } from '../net-type.ts';
import { astClasses, astObject, findAll, paramBlockOf } from './ast-nodes.ts';

const space = 'System.Management.Automation.Language';
const self = (value: Value): AstObject => as(value, AstObject);

/** Reads something of a node that a class has; other nodes have none. */
function read(type: string, get: (node: Node | ParamBlock, ast: AstObject, context: CallContext) => Value): Property {
  return { type, get: (value, context) => get(self(value).node, self(value), context) };
}

function one(child: Node | ParamBlock | undefined, ast: AstObject): Value {
  return child === undefined ? null : astObject(child, ast.source, ast);
}

function many(children: readonly (Node | ParamBlock)[] | undefined, ast: AstObject): Value {
  const items = (children ?? []).map((child) => astObject(child, ast.source, ast));
  return new NetArray(namedType(`${space}.Ast`), items);
}

/** A child or a list of children by the name that the engine's own tree has for it. */
function child(name: string): Property {
  return read(`${space}.Ast`, (node, ast) => {
    const found: unknown = Object.entries(node).find(([key]) => key === name)?.[1];
    return isNode(found) ? one(found, ast) : null;
  });
}

function children(name: string): Property {
  return read(`${space}.Ast[]`, (node, ast) => {
    const found: unknown = Object.entries(node).find(([key]) => key === name)?.[1];
    return many(Array.isArray(found) ? found.filter(isNode) : [], ast);
  });
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'kind' in value && String(value.kind) in astClasses;
}

function typeNamed(name: TypeName | undefined, context: CallContext): Value {
  return name === undefined ? netTypes.object : (sessionOf(context).types.parse(typeNameText(name)) ?? netTypes.object);
}

const constraint = (node: Node | ParamBlock): TypeName | undefined =>
  node.kind === 'parameterDefinition'
    ? node.attributes.filter((attribute) => attribute.kind === 'typeConstraint').at(-1)?.typeName
    : undefined;

const nameOf = read('string', (node) => ('name' in node && typeof node.name === 'string' ? node.name : null));
const valueOfConstant = read('System.Object', (node) => {
  if (node.kind === 'constant') return literalValue(node.value);
  return node.kind === 'string' || node.kind === 'expandableString' ? node.value : null;
});
const block = (name: keyof ScriptBlockAst): Property => child(name);

const own: Readonly<Record<string, Readonly<Record<string, Property>>>> = {
  ScriptBlockAst: {
    ParamBlock: read(`${space}.ParamBlockAst`, (node, ast) =>
      one(node.kind === 'scriptBlock' ? paramBlockOf(node) : undefined, ast),
    ),
    DynamicParamBlock: block('dynamicParamBlock'),
    BeginBlock: block('beginBlock'),
    ProcessBlock: block('processBlock'),
    EndBlock: block('endBlock'),
    CleanBlock: block('cleanBlock'),
    UsingStatements: children('usings'),
    Attributes: children('attributes'),
  },
  ParamBlockAst: { Attributes: children('attributes'), Parameters: children('parameters') },
  ParameterAst: {
    Name: read(`${space}.VariableExpressionAst`, (node, ast) => {
      if (node.kind !== 'parameterDefinition') return null;
      const { name, nameExtent } = node;
      const { start, end } = nameExtent;
      const variable: Node = { kind: 'variable', path: name, scope: undefined, name, splatted: false, start, end };
      return astObject(variable, ast.source, ast);
    }),
    Attributes: children('attributes'),
    DefaultValue: child('defaultValue'),
    StaticType: read('type', (node, _ast, context) => typeNamed(constraint(node), context)),
  },
  VariableExpressionAst: {
    VariablePath: read('System.Management.Automation.VariablePath', (node) =>
      node.kind === 'variable' ? new VariablePathObject(node.path, node.scope) : null,
    ),
    Splatted: read('bool', (node) => node.kind === 'variable' && node.splatted),
  },
  ConstantExpressionAst: {
    Value: valueOfConstant,
    StaticType: read('type', (node) => {
      if (node.kind === 'constant') return typeOf(literalValue(node.value) ?? '');
      return netTypes.string;
    }),
  },
  ExpandableStringExpressionAst: { Value: valueOfConstant },
  FunctionDefinitionAst: {
    Name: nameOf,
    Body: child('body'),
    Parameters: children('parameters'),
    IsFilter: read('bool', (node) => node.kind === 'function' && node.isFilter),
  },
  CommandAst: { CommandElements: children('elements'), Redirections: children('redirections') },
  CommandParameterAst: { ParameterName: nameOf, Argument: child('argument') },
  CommandExpressionAst: { Expression: child('expression') },
  PipelineAst: { PipelineElements: children('elements') },
  AssignmentStatementAst: { Left: child('left'), Right: child('right') },
  BinaryExpressionAst: { Left: child('left'), Right: child('right') },
  UnaryExpressionAst: { Child: child('operand') },
  ConvertExpressionAst: { Child: child('operand') },
  ParenExpressionAst: { Pipeline: child('pipeline') },
  ArrayLiteralAst: { Elements: children('elements') },
  ArrayExpressionAst: { SubExpression: child('body') },
  SubExpressionAst: { SubExpression: child('body') },
  ScriptBlockExpressionAst: { ScriptBlock: child('body') },
  MemberExpressionAst: {
    Expression: child('target'),
    Member: child('member'),
    Static: read('bool', (node) => 'isStatic' in node && node.isStatic),
  },
  InvokeMemberExpressionAst: { Arguments: children('arguments') },
  StatementBlockAst: { Statements: children('statements'), Traps: children('traps') },
  NamedBlockAst: { Statements: children('statements'), Traps: children('traps') },
  TypeDefinitionAst: { Name: nameOf, Members: children('members'), BaseTypes: children('baseTypes') },
  PropertyMemberAst: { Name: nameOf, InitialValue: child('initialValue') },
  FunctionMemberAst: { Name: nameOf, Body: child('body'), Parameters: children('parameters') },
  ReturnStatementAst: { Pipeline: child('value') },
};

function search(name: 'Find' | 'FindAll', returns: string): readonly Overload[] {
  return [
    {
      signature: `${returns} ${name}(System.Object predicate, bool searchNestedScriptBlocks)`,
      invoke: (value, [predicate, nested], context) => {
        const takes = (ast: AstObject): boolean => isTrue(context.invoke(object(predicate), [ast], ast));
        const found = findAll(self(value), takes, { nested: bool(nested), first: name === 'Find' });
        return name === 'Find' ? (found[0] ?? null) : new NetArray(namedType(`${space}.Ast`), found);
      },
    },
  ];
}

const ast: TypeDescription = {
  name: `${space}.Ast`,
  kind: 'class',
  isAbstract: true,
  properties: {
    Extent: read(`${space}.IScriptExtent`, (node, { source }) => new ScriptExtent(source, node)),
    Parent: read(`${space}.Ast`, (_node, { parent }) => parent ?? null),
  },
  methods: { Find: search('Find', `${space}.Ast`), FindAll: search('FindAll', `${space}.Ast[]`) },
  toText: (value) => {
    const { node, source } = self(value);
    return source.text.slice(node.start, node.end);
  },
};

const bases: readonly (readonly [string, string])[] = [
  ['CommandElementAst', 'Ast'],
  ['ExpressionAst', 'CommandElementAst'],
  ['StatementAst', 'Ast'],
  ['PipelineBaseAst', 'StatementAst'],
  ['ChainableAst', 'PipelineBaseAst'],
  ['CommandBaseAst', 'StatementAst'],
  ['LabeledStatementAst', 'StatementAst'],
  ['LoopStatementAst', 'LabeledStatementAst'],
  ['RedirectionAst', 'Ast'],
  ['AttributeBaseAst', 'Ast'],
  ['MemberAst', 'Ast'],
];

const commandName: Overload = {
  signature: 'string GetCommandName()',
  invoke: (value) => {
    const { node } = self(value);
    const head = node.kind === 'command' ? node.elements[0] : undefined;
    return head?.kind === 'string' ? head.value : null;
  },
};

/** The classes of the syntax tree. Children have the names that PowerShell gives them, as far as they are listed here. */
export const astTypes: readonly TypeDescription[] = [
  ast,
  ...[...bases, ...Object.values(astClasses)].map(
    ([name, base]): TypeDescription => ({
      name: `${space}.${name}`,
      kind: 'class',
      base: `${space}.${base}`,
      ...(own[name] === undefined ? {} : { properties: own[name] }),
      ...(name === 'CommandAst' ? { methods: { GetCommandName: [commandName] } } : {}),
    }),
  ),
];
