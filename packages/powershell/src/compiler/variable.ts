import { dirname } from 'node:path';
import { placedAt } from '../errors/place-error.ts';
import { runtimeError } from '../errors/raise.ts';
import { readDrive } from '../runtime/drives.ts';
import type { Evaluate, Frame } from '../runtime/frame.ts';
import type { Scope } from '../runtime/scope.ts';
import { undefinedVariable } from '../runtime/variable-access.ts';
import type { VariableExpression } from '../syntax/tree/index.ts';
import type { Value } from '../values/value.ts';
import type { CompileContext } from './context.ts';

/** Reading a variable. Inside of a string strict mode 1 lets names be unset. */
export function compileVariable(ast: VariableExpression, context: CompileContext): Evaluate {
  const folded = foldedName(ast.name);
  const strictFrom = context.isInText ? 2 : 1;
  switch (ast.scope) {
    case undefined:
      return constantOf(folded, context) ?? compileLocal(ast, folded, context, strictFrom);
    case 'local':
    case 'private':
      return (frame) => valueIn(frame.scope, folded, ast, frame, strictFrom);
    case 'script':
      return (frame) => valueIn(frame.scope.scriptScope, folded, ast, frame, strictFrom);
    case 'global':
      return (frame) => valueIn(frame.session.global.top, folded, ast, frame, strictFrom);
    case 'using':
    case 'workflow':
      return () => {
        throw runtimeError(
          'UsingWithoutInvokeCommand',
          'A Using variable cannot be retrieved. A Using variable can be used only with Invoke-Command, Start-Job, Start-ThreadJob, or InlineScript in the script workflow or when the script is used with ForEach-Object -Parallel. When it is used with Invoke-Command, the Using variable is valid only if the script block is invoked on a remote computer.',
          { category: 'InvalidOperation' },
        );
      };
    default: {
      const { scope: drive, name } = ast;
      return (frame) => readDrive(frame.session, frame.scope, drive, name);
    }
  }
}

/** A variable's name as scopes know it: `$PSItem` is `$_`. */
export function foldedName(name: string): string {
  const folded = name.toLowerCase();
  return folded === 'psitem' ? '_' : folded;
}

/** Names whose value a script can neither set nor hide. */
function constantOf(folded: string, context: CompileContext): Evaluate | undefined {
  switch (folded) {
    case 'null':
      return () => null;
    case 'true':
      return () => true;
    case 'false':
      return () => false;
    case '?':
      return (frame) => frame.session.lastSucceeded;
    case 'psscriptroot': {
      const { file } = context.source;
      const root = file === undefined ? '' : dirname(file);
      return () => root;
    }
    case 'pscommandpath': {
      const file = context.source.file ?? '';
      return () => file;
    }
    default:
      return undefined;
  }
}

function compileLocal(ast: VariableExpression, folded: string, context: CompileContext, strictFrom: number): Evaluate {
  const slot = context.slot(folded);
  return (frame) => {
    const variable = frame.locals[slot];
    if (variable?.alive) return variable.value;
    return lookUp(frame, slot, folded, ast, strictFrom);
  };
}

/**
 * What `+=` and `??=` read: in a scope that was opened for the block only its own variable, unset being null even in strict
 * mode; in a scope that the block was let into, whatever a read sees.
 */
export function compileOwnVariable(ast: VariableExpression, context: CompileContext): Evaluate {
  const read = compileVariable(ast, context);
  if (ast.scope !== undefined) return read;
  const folded = foldedName(ast.name);
  return (frame) => {
    if (frame.locals !== frame.scope.slots) return read(frame);
    return frame.scope.own(folded)?.value ?? null;
  };
}

/** A variable that the frame has not met: of its scope, which it then keeps, or of a scope around. */
function lookUp(frame: Frame, slot: number, folded: string, ast: VariableExpression, strictFrom: number): Value {
  const { scope } = frame;
  const own = scope.own(folded);
  if (own !== undefined) {
    frame.locals[slot] = own;
    return own.value;
  }
  const variable = scope.find(folded);
  if (variable !== undefined) return variable.value;
  return missing(ast, frame, strictFrom);
}

function valueIn(scope: Scope, folded: string, ast: VariableExpression, frame: Frame, strictFrom: number): Value {
  const variable = scope.own(folded);
  return variable === undefined ? missing(ast, frame, strictFrom) : variable.value;
}

function missing(ast: VariableExpression, frame: Frame, strictFrom: number): null {
  if (frame.session.strictVersion < strictFrom) return null;
  return placedAt(ast, frame, () => {
    throw undefinedVariable(ast.path);
  });
}
