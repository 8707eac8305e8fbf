import { baseOf, typeOf } from '../conversion/base.ts';
import { toText } from '../conversion/text.ts';
import { runtimeError } from '../errors/raise.ts';
import type { Evaluate, Frame } from '../runtime/frame.ts';
import type { ExpressionAst, InvokeMemberExpression, MemberExpression } from '../syntax/tree/index.ts';
import { MethodSite, PropertySite, StaticMethodSite } from '../types/call-site.ts';
import { getMember, invokeMember } from '../types/members.ts';
import { NetType } from '../types/net-type.ts';
import { getStatic, invokeStatic } from '../types/static-members.ts';
import { Dictionary } from '../values/dictionary.ts';
import { PSCustomObject } from '../values/ps-object.ts';
import type { Value } from '../values/value.ts';
import { compileBaseCall, notBaseCall } from './base-call.ts';
import type { CompileContext } from './context.ts';
import { compileExpression } from './expression.ts';
import { compileTypeName } from './type-name.ts';

/** `target.member`, `target::member`, `target?.member` */
export function compileMember(ast: MemberExpression, context: CompileContext): Evaluate {
  const name = compileMemberName(ast.member, context);
  if (ast.isStatic) {
    if (ast.target.kind === 'type') {
      const target = compileStaticTarget(ast.target, context);
      return (frame) => getStatic(target(frame), name(frame), frame.session);
    }
    const target = compileExpression(ast.target, context);
    return (frame) => {
      const value = baseOf(target(frame));
      if (value === null || value === undefined) return null;
      return getStatic(value instanceof NetType ? value : typeOf(value), name(frame), frame.session);
    };
  }
  const target = compileExpression(ast.target, context);
  const { nullConditional } = ast;
  if (ast.member.kind === 'string' && !nullConditional) {
    const site = new PropertySite(ast.member.value);
    return (frame) => site.get(target(frame), frame.session);
  }
  if (ast.member.kind !== 'string' && !nullConditional) return compileComputedMember(ast, target, context);
  return (frame) => {
    const object = target(frame);
    if (nullConditional && (object === null || object === undefined)) return null;
    return getMember(object, name(frame), frame.session);
  };
}

/** `$table.1`, `$table.$key`: of a dictionary the value of that very key comes first. */
function compileComputedMember(ast: MemberExpression, target: Evaluate, context: CompileContext): Evaluate {
  const member = compileExpression(ast.member, context);
  return (frame) => {
    const object = target(frame);
    const key = member(frame);
    if (object instanceof PSCustomObject && typeof key === 'string') {
      const note = object.note(key);
      if (note !== undefined) return note;
    }
    const dictionary = baseOf(object);
    if (dictionary instanceof Dictionary && key !== null && key !== undefined) {
      const value = dictionary.get(key);
      if (value !== undefined) return value;
    }
    return getMember(object, memberName(key, frame), frame.session);
  };
}

/** `target.method(…)`, `[type]::method(…)`, `[type]::new(…)`, `target?.method(…)` */
export function compileInvoke(ast: InvokeMemberExpression, context: CompileContext): Evaluate {
  const name = compileMemberName(ast.member, context);
  const args = compileArguments(ast.arguments, context);
  const typeArguments = ast.typeArguments.map((one) => compileTypeName(one, context));
  const closed = (frame: Frame): NetType[] => typeArguments.map((one) => one(frame));
  if (ast.isStatic) {
    const target = compileStaticTarget(ast.target, context);
    if (ast.member.kind === 'string' && typeArguments.length === 0) {
      const site = new StaticMethodSite(ast.member.value);
      return (frame) => site.invoke(target(frame), args(frame), frame.session);
    }
    return (frame) => {
      const type = target(frame);
      return invokeStatic(type, name(frame), args(frame), frame.session, closed(frame));
    };
  }
  const target = compileExpression(ast.target, context);
  const { nullConditional } = ast;
  const callBase = typeArguments.length === 0 && !nullConditional ? compileBaseCall(ast.target, context) : undefined;
  if (callBase !== undefined) {
    return (frame) => {
      const object = target(frame);
      const values = args(frame);
      const method = name(frame);
      const result = callBase(frame, object, method, values);
      return result === notBaseCall ? invokeMember(object, method, values, frame.session) : result;
    };
  }
  if (ast.member.kind === 'string' && typeArguments.length === 0 && !nullConditional) {
    const site = new MethodSite(ast.member.value);
    return (frame) => {
      const object = target(frame);
      return site.invoke(object, args(frame), frame.session);
    };
  }
  return (frame) => {
    const object = target(frame);
    if (nullConditional && (object === null || object === undefined)) return null;
    return invokeMember(object, name(frame), args(frame), frame.session, closed(frame));
  };
}

const noArguments: Value[] = [];

function compileArguments(list: readonly ExpressionAst[], context: CompileContext): (frame: Frame) => Value[] {
  const [first, ...rest] = list.map((argument) => compileExpression(argument, context));
  if (first === undefined) return () => noArguments;
  if (rest.length === 0) return (frame) => [first(frame) ?? null];
  return (frame) => {
    const values: Value[] = [first(frame) ?? null];
    for (const argument of rest) values.push(argument(frame) ?? null);
    return values;
  };
}

/** The name of a member: a bare word, or anything that gives text. */
export function compileMemberName(ast: ExpressionAst, context: CompileContext): (frame: Frame) => string {
  if (ast.kind === 'string') return () => ast.value;
  const evaluate = compileExpression(ast, context);
  return (frame) => memberName(evaluate(frame), frame);
}

function memberName(name: Value, frame: Frame): string {
  if (name === null || name === undefined) {
    throw runtimeError(
      'PropertyNotFound',
      "The property '' cannot be found on this object. Verify that the property exists.",
      {
        category: 'InvalidOperation',
      },
    );
  }
  return typeof name === 'string' ? name : toText(name, frame.session);
}

/** The type before `::`: a type literal, or the type that a value is or has. */
export function compileStaticTarget(ast: ExpressionAst, context: CompileContext): (frame: Frame) => NetType {
  if (ast.kind === 'type') return compileTypeName(ast.typeName, context, ast);
  const evaluate = compileExpression(ast, context);
  return (frame) => {
    const value = evaluate(frame);
    if (value instanceof NetType) return value;
    if (value === null || value === undefined) {
      throw runtimeError('InvokeMethodOnNull', 'You cannot call a method on a null-valued expression.', {
        category: 'InvalidOperation',
      });
    }
    return typeOf(value);
  };
}
