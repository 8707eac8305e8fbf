import type { Evaluate, Frame } from '../runtime/frame.ts';
import type { ExpressionAst, IndexExpression, MemberExpression } from '../syntax/tree/index.ts';
import { getIndex, setIndex } from '../types/index-access.ts';
import { getMember, setMember } from '../types/members.ts';
import { getStatic, setStatic } from '../types/static-members.ts';
import type { Value } from '../values/value.ts';
import type { CompileContext } from './context.ts';
import { compileExpression } from './expression.ts';
import { compileIndexes } from './index-expression.ts';
import { compileMemberName, compileStaticTarget } from './member.ts';
import { pureExpression } from './statement.ts';
import { compileStore } from './store.ts';
import { compileOwnVariable, compileVariable } from './variable.ts';

/** What a {@link Compute} answers to leave the target as it is: `??=` of something that is not null. */
export const unchanged: unique symbol = Symbol('unchanged');

/** Works out the new value of a target from its old one. */
export type Compute = (frame: Frame, old: Value) => Value | typeof unchanged;

/**
 * A target that is read and then set: `$x += …`, `$o.p++`, `$a[$i] ??= …`. What the target is made of is evaluated once.
 * @param ownScopeOnly a variable is read where it will be set: a function's `$n += 1` does not see its caller's `$n`
 * @returns the new value
 */
export function compileUpdate(
  ast: ExpressionAst,
  context: CompileContext,
  compute: Compute,
  { ownScopeOnly = false } = {},
): Evaluate {
  switch (ast.kind) {
    case 'variable': {
      const read = ownScopeOnly ? compileOwnVariable(ast, context) : compileVariable(ast, context);
      return compileRead(read, compileStore(ast, context), compute);
    }
    case 'member':
      return compileMemberUpdate(ast, context, compute);
    case 'index':
      return compileIndexUpdate(ast, context, compute);
    case 'paren': {
      const inner = pureExpression(ast.pipeline);
      if (inner !== undefined) return compileUpdate(inner, context, compute, { ownScopeOnly });
      break;
    }
    case 'convert':
    case 'attributed':
      return compileRead(compileExpression(ast.operand, context), compileStore(ast, context), compute);
    default:
  }
  return compileRead(compileExpression(ast, context), compileStore(ast, context), compute);
}

function compileRead(read: Evaluate, store: (frame: Frame, value: Value) => Value, compute: Compute): Evaluate {
  return (frame) => {
    const old = read(frame);
    const value = compute(frame, old);
    return value === unchanged ? old : store(frame, value);
  };
}

function compileMemberUpdate(ast: MemberExpression, context: CompileContext, compute: Compute): Evaluate {
  const name = compileMemberName(ast.member, context);
  if (ast.isStatic) {
    const target = compileStaticTarget(ast.target, context);
    return (frame) => {
      const type = target(frame);
      const member = name(frame);
      const old = getStatic(type, member, frame.session);
      const value = compute(frame, old);
      if (value === unchanged) return old;
      setStatic(type, member, value, frame.session);
      return value;
    };
  }
  const target = compileExpression(ast.target, context);
  return (frame) => {
    const object = target(frame);
    const member = name(frame);
    const old = getMember(object, member, frame.session);
    const value = compute(frame, old);
    if (value === unchanged) return old;
    setMember(object, member, value, frame.session);
    return value;
  };
}

function compileIndexUpdate(ast: IndexExpression, context: CompileContext, compute: Compute): Evaluate {
  const target = compileExpression(ast.target, context);
  const indexes = compileIndexes(ast, context);
  return (frame) => {
    const object = target(frame);
    const at = indexes(frame);
    const old = getIndex(object, at, frame.session);
    const value = compute(frame, old);
    if (value === unchanged) return old;
    setIndex(object, at, value, frame.session);
    return value;
  };
}
