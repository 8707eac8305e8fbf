import { writeDrive } from '../runtime/drives.ts';
import type { Frame } from '../runtime/frame.ts';
import type { Scope } from '../runtime/scope.ts';
import { assignTo, notWritable, setVariable } from '../runtime/variable-access.ts';
import type { ExpressionAst, VariableExpression } from '../syntax/tree/index.ts';
import { Hashtable } from '../types/collections/hashtable.ts';
import { setIndex } from '../types/index-access.ts';
import { setMember } from '../types/members.ts';
import { setStatic } from '../types/static-members.ts';
import { objectArray } from '../values/array.ts';
import type { Value } from '../values/value.ts';
import { itemsOf } from './array.ts';
import type { CompileContext } from './context.ts';
import { compileExpression } from './expression.ts';
import { compileIndexes } from './index-expression.ts';
import { compileMemberName, compileStaticTarget } from './member.ts';
import { pureExpression } from './statement.ts';
import { compileTypedStore } from './typed-variable.ts';
import { foldedName } from './variable.ts';

/** Puts a value where an expression says, and answers what is there then: a typed variable converts. */
export type Store = (frame: Frame, value: Value) => Value;

/** Compiles the left side of an assignment. */
export function compileStore(ast: ExpressionAst, context: CompileContext): Store {
  switch (ast.kind) {
    case 'variable':
      return compileVariableStore(ast, context);
    case 'convert':
    case 'attributed':
      return compileTypedStore(ast, context);
    case 'arrayLiteral':
      return compileSeveral(ast.elements, context);
    case 'member': {
      const name = compileMemberName(ast.member, context);
      if (ast.isStatic) {
        const target = compileStaticTarget(ast.target, context);
        return (frame, value) => {
          setStatic(target(frame), name(frame), value, frame.session);
          return value;
        };
      }
      const target = compileExpression(ast.target, context);
      return (frame, value) => {
        setMember(target(frame), name(frame), value, frame.session);
        return value;
      };
    }
    case 'index': {
      const target = compileExpression(ast.target, context);
      const indexes = compileIndexes(ast, context);
      return (frame, value) => {
        const object = target(frame);
        const places = indexes(frame);
        const [only] = places;
        if (object instanceof Hashtable && typeof only === 'string' && places.length === 1) object.set(only, value);
        else setIndex(object, places, value, frame.session);
        return value;
      };
    }
    case 'paren': {
      const inner = pureExpression(ast.pipeline);
      if (inner !== undefined) return compileStore(inner, context);
      break;
    }
    default:
  }
  // `$list.Clear() = $null`: the call is made, the value goes nowhere.
  const evaluate = compileExpression(ast, context);
  return (frame, value) => {
    evaluate(frame);
    return value;
  };
}

function compileVariableStore(ast: VariableExpression, context: CompileContext): Store {
  const { name } = ast;
  const folded = foldedName(name);
  switch (ast.scope) {
    case undefined:
      return compileLocalStore(name, folded, context);
    case 'local':
      return (frame, value) => setIn(frame.scope, name, value, frame);
    case 'private':
      return (frame, value) => {
        const variable = setVariable(frame.session, frame.scope, name, value ?? null);
        variable.private = true;
        return variable.value;
      };
    case 'script':
      return (frame, value) => setIn(frame.scope.scriptScope, name, value, frame);
    case 'global':
      return (frame, value) => setIn(frame.session.global.top, name, value, frame);
    default: {
      const drive = ast.scope;
      return (frame, value) => {
        writeDrive(frame.session, frame.scope, drive, name, value);
        return value;
      };
    }
  }
}

function setIn(scope: Scope, name: string, value: Value, frame: Frame): Value {
  return setVariable(frame.session, scope, name, value).value;
}

function compileLocalStore(name: string, folded: string, context: CompileContext): Store {
  if (folded === 'null') return (_frame, value) => value;
  if (folded === 'true' || folded === 'false' || folded === '?') {
    return () => {
      throw notWritable(name);
    };
  }
  const slot = context.slot(folded);
  return (frame, value) => {
    const variable = frame.locals[slot];
    if (variable?.alive) {
      if (variable.plain) {
        variable.value = value;
        return value;
      }
      assignTo(variable, value);
      return variable.value;
    }
    const stored = setVariable(frame.session, frame.scope, name, value);
    if (!stored.allScope) frame.locals[slot] = stored;
    return stored.value;
  };
}

/** `$a, $b = …`: one item each, the last takes what is left. */
function compileSeveral(targets: readonly ExpressionAst[], context: CompileContext): Store {
  const stores = targets.map((target) => compileStore(target, context));
  return (frame, value) => {
    const items = itemsOf(value, frame.session);
    const last = stores.length - 1;
    stores.forEach((store, index) => {
      const rest = index === last && items.length > stores.length;
      store(frame, rest ? objectArray(items.slice(index)) : (items[index] ?? null));
    });
    return value;
  };
}
