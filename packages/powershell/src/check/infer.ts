import type { ExpressionAst, StatementAst, StatementBlockAst } from '../syntax/tree/index.ts';
import { arrayOf, netTypes } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { infoOf, type Member } from '../types/type-info.ts';
import { plainText } from './script-set.ts';
import type { KnownTypes } from './types.ts';

/**
 * The .NET type that an expression has whenever it has a value, as far as the text alone tells; `undefined` where it does
 * not. Variables are known only where every assignment of the script gives them the same type.
 */
export type Inferred = NetType | undefined;

export interface InferenceScope {
  readonly types: KnownTypes;
  readonly usings: readonly string[];
  /** By folded name. */
  readonly variables: ReadonlyMap<string, Inferred>;
}

export function inferType(expression: ExpressionAst, scope: InferenceScope): Inferred {
  switch (expression.kind) {
    case 'string':
    case 'expandableString':
      return netTypes.string;
    case 'constant':
      return scope.types.findText(expression.value.type);
    case 'hashtable':
      return netTypes.hashtable;
    case 'arrayLiteral':
    case 'arrayExpression':
      return arrayOf(netTypes.object);
    case 'scriptBlockExpression':
      return netTypes.scriptBlock;
    case 'type':
      return netTypes.runtimeType;
    case 'convert':
      return inferCast(expression, scope);
    case 'attributed':
      return inferType(expression.operand, scope);
    case 'variable':
      return expression.scope === undefined ? scope.variables.get(expression.name.toLowerCase()) : undefined;
    case 'paren':
      return inferStatement(expression.pipeline, scope);
    case 'subExpression':
      return inferBlock(expression.body, scope);
    case 'unary':
      return expression.operator === '!' || expression.operator === '-not'
        ? netTypes.boolean
        : expression.operator === '-join'
          ? netTypes.string
          : undefined;
    case 'binary':
      return inferBinary(expression, scope);
    case 'invokeMember':
      return inferCall(expression, scope);
    case 'member':
      return inferProperty(expression, scope);
    default:
      return undefined;
  }
}

function inferCast({ typeName, operand }: ExpressionAst & { kind: 'convert' }, scope: InferenceScope): Inferred {
  const name = typeName.kind === 'simpleType' ? typeName.name.toLowerCase() : '';
  if (name === 'ordered') return netTypes.orderedDictionary;
  if (name === 'pscustomobject' && operand.kind === 'hashtable') return netTypes.psCustomObject;
  const type = scope.types.find(typeName, scope.usings);
  // `[object]` and `[psobject]` leave the value what it is; a null stays one.
  return type === netTypes.object || type === netTypes.psObject || type === netTypes.psCustomObject ? undefined : type;
}

/** The type of a statement's value. */
export function inferStatement(statement: StatementAst, scope: InferenceScope): Inferred {
  if (statement.kind !== 'pipeline' || statement.elements.length !== 1) return undefined;
  const [only] = statement.elements;
  if (only?.kind === 'commandExpression') return inferType(only.expression, scope);
  if (only?.kind !== 'command' || plainText(only.elements[0])?.toLowerCase() !== 'new-object') return undefined;
  const name = only.elements.slice(1).find((element) => element.kind === 'string');
  return name === undefined ? undefined : scope.types.findText(plainText(name) ?? '', scope.usings);
}

function inferBlock({ statements }: StatementBlockAst, scope: InferenceScope): Inferred {
  const [only] = statements;
  return statements.length === 1 && only !== undefined ? inferStatement(only, scope) : undefined;
}

function inferBinary({ operator, left }: ExpressionAst & { kind: 'binary' }, scope: InferenceScope): Inferred {
  switch (operator) {
    case '-and':
    case '-or':
    case '-xor':
    case '-is':
    case '-isnot':
    case '-iin':
    case '-cin':
    case '-inotin':
    case '-cnotin':
    case '-icontains':
    case '-ccontains':
    case '-inotcontains':
    case '-cnotcontains':
      return netTypes.boolean;
    case '-f':
    case '-join':
      return netTypes.string;
    case '..':
      return arrayOf(netTypes.object);
    case '+':
      return inferType(left, scope) === netTypes.string ? netTypes.string : undefined;
    default:
      return undefined;
  }
}

function inferCall(call: ExpressionAst & { kind: 'invokeMember' }, scope: InferenceScope): Inferred {
  const name = plainText(call.member)?.toLowerCase();
  if (name === undefined) return undefined;
  if (call.isStatic) {
    if (call.target.kind !== 'type') return undefined;
    const type = scope.types.find(call.target.typeName, scope.usings);
    if (type === undefined || name === 'new') return type;
    return returnType(infoOf(type).statics.get(name));
  }
  const target = inferType(call.target, scope);
  return target === undefined ? undefined : returnType(infoOf(target).members.get(name));
}

function inferProperty(expression: ExpressionAst & { kind: 'member' }, scope: InferenceScope): Inferred {
  const name = plainText(expression.member)?.toLowerCase();
  if (name === undefined) return undefined;
  if (expression.isStatic) {
    if (expression.target.kind !== 'type') return undefined;
    const type = scope.types.find(expression.target.typeName, scope.usings);
    return type === undefined ? undefined : valueType(infoOf(type).statics.get(name));
  }
  const target = inferType(expression.target, scope);
  return target === undefined || hasOwnMembers(target) ? undefined : valueType(infoOf(target).members.get(name));
}

/** True for types whose objects have members of their own beside those of the type: keys, added properties. */
export function hasOwnMembers(type: NetType): boolean {
  return (
    type === netTypes.psCustomObject ||
    type === netTypes.psObject ||
    type === netTypes.object ||
    type.description.adapter !== undefined ||
    infoOf(type).supertypes.has(netTypes.idictionary)
  );
}

function returnType(member: Member | undefined): Inferred {
  if (member?.kind !== 'method') return undefined;
  const [first, ...rest] = new Set(member.methods.map((method) => method.returnType));
  return rest.length > 0 || first === undefined ? undefined : exact(first);
}

function valueType(member: Member | undefined): Inferred {
  return member?.kind === 'property' ? exact(member.valueType) : undefined;
}

/** A declared type says what a value is only where nothing derives from it. */
function exact(type: NetType): Inferred {
  if (type === netTypes.void) return undefined;
  if (type.element !== undefined || type === netTypes.string) return type;
  return type.isDescribed && (type.kind === 'struct' || type.kind === 'enum') ? type : undefined;
}
