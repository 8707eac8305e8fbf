import type { ParameterAttribute } from '../binding/attribute.ts';
import { attributeArguments } from '../binding/attributes/attribute-arguments.ts';
import { attributeObject } from '../binding/attributes/constructor-properties.ts';
import { valueAttribute } from '../binding/attributes/value-attribute.ts';
import { variableCheck } from '../binding/variable-check.ts';
import type { Frame } from '../runtime/frame.ts';
import { metadataCheck } from '../runtime/metadata-check.ts';
import type { Scope } from '../runtime/scope.ts';
import { Variable } from '../runtime/variable.ts';
import { assignTo } from '../runtime/variable-access.ts';
import type {
  AttributeAst,
  AttributedExpression,
  ConvertExpression,
  ExpressionAst,
  VariableExpression,
} from '../syntax/tree/index.ts';
import { namedType } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { AttributeObject } from '../values/attribute-object.ts';
import type { Value } from '../values/value.ts';
import type { CompileContext } from './context.ts';
import { pureExpression } from './statement.ts';
import { compileStore, type Store } from './store.ts';
import { compileTypeName } from './type-name.ts';

const converter = namedType('System.Management.Automation.ArgumentTypeConverterAttribute');

/** An attribute or cast before a variable, made when the assignment runs. */
type AttributeMaker = (frame: Frame) => ParameterAttribute | undefined;

/**
 * `[int]$x = …`, `[ValidateRange(1, 5)][int]$x = …`: the variable keeps the types and attributes, and every later value goes
 * through them. On another target the value is converted once.
 */
export function compileTypedStore(ast: ConvertExpression | AttributedExpression, context: CompileContext): Store {
  const makers: AttributeMaker[] = [];
  let target: ExpressionAst = ast;
  for (;;) {
    if (target.kind === 'convert') makers.unshift(castMaker(compileTypeName(target.typeName, context)));
    else if (target.kind === 'attributed') makers.unshift(attributeMaker(target.attribute, context));
    else break;
    target = innermost(target.operand);
  }
  if (target.kind === 'variable') return compileTypedVariable(target, makers);
  const store = compileStore(target, context);
  return (frame, value) => store(frame, checkOf(attributesOf(makers, frame), '', frame)(value));
}

/** What stands in parentheses, however many. */
function innermost(ast: ExpressionAst): ExpressionAst {
  if (ast.kind !== 'paren') return ast;
  const inner = pureExpression(ast.pipeline);
  return inner === undefined ? ast : innermost(inner);
}

function castMaker(resolve: (frame: Frame) => NetType): AttributeMaker {
  const object = new AttributeObject(converter);
  return (frame) => {
    const type = resolve(frame);
    return {
      typeName: type.name,
      kind: 'cast',
      cast: type,
      apply: (value, context) => context.convert(value, type),
      object,
    };
  };
}

function attributeMaker(ast: AttributeAst, context: CompileContext): AttributeMaker {
  return ({ session, scope }) => {
    const given = attributeArguments(ast, { source: context.source, state: scope.state, session });
    const attribute = valueAttribute(given, session);
    return attribute === undefined ? undefined : { ...attribute, object: attributeObject(given) };
  };
}

function compileTypedVariable(target: VariableExpression, makers: readonly AttributeMaker[]): Store {
  const { name } = target;
  const folded = name.toLowerCase();
  return (frame, value) => {
    const scope = scopeOf(target, frame);
    const attributes = attributesOf(makers, frame);
    const check = checkOf(attributes, name, frame);
    const known = scope.own(folded);
    if (known === undefined) {
      const variable = new Variable(name, check(value));
      variable.check = check;
      variable.attributes = objectsOf(attributes);
      variable.private = target.scope === 'private';
      scope.add(variable);
      return variable.value;
    }
    const checked = check(value);
    known.check = undefined;
    assignTo(known, checked);
    known.check = check;
    known.attributes = objectsOf(attributes);
    return checked;
  };
}

function scopeOf(target: VariableExpression, frame: Frame): Scope {
  if (target.scope === 'script') return frame.scope.scriptScope;
  return target.scope === 'global' ? frame.session.global.top : frame.scope;
}

/**
 * What a value goes through. A cast that fails is an error of the variable's metadata, but for variables of the block's own
 * scope: those fail as the cast does.
 */
function checkOf(attributes: readonly ParameterAttribute[], name: string, frame: Frame): (value: Value) => Value {
  const { session } = frame;
  const check = variableCheck(name, attributes, session);
  if (check === undefined) return (value) => value;
  if (frame.locals === frame.scope.slots) return (value) => check(value ?? null);
  return metadataCheck(check);
}

function attributesOf(makers: readonly AttributeMaker[], frame: Frame): readonly ParameterAttribute[] {
  return makers.map((make) => make(frame)).filter((one) => one !== undefined);
}

function objectsOf(attributes: readonly ParameterAttribute[]): readonly AttributeObject[] {
  return attributes.map(({ object }) => object).filter((one) => one !== undefined);
}
