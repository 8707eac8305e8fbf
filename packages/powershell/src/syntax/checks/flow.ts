import type {
  BreakStatement,
  ContinueStatement,
  FunctionMember,
  ReturnStatement,
  TryStatement,
  TypeName,
} from '../tree/index.ts';
import { typeNameText } from '../tree/index.ts';
import { type CheckContext, memberAround } from './context.ts';

/** A `finally` block is not left by a jump, and a method holds the loops that its labels name. */
export function checkJump(node: BreakStatement | ContinueStatement, context: CheckContext): void {
  // An unknown label may be any.
  const label = node.label === undefined ? '' : node.label.kind === 'string' ? node.label.value : undefined;
  if (leavesFinally(label, context)) context.report('ControlLeavingFinally', node);
  if (label !== undefined && label !== '' && missesLabel(label, context)) context.report('LabelNotFound', node, label);
}

export function checkReturn(node: ReturnStatement, context: CheckContext): void {
  if (leavesFinally(undefined, context)) context.report('ControlLeavingFinally', node);
  const member = memberAround(context.path);
  if (member?.kind !== 'method') return;
  if (returnsVoid(member)) {
    if (node.value !== undefined) context.report('VoidMethodHasReturn', node);
  } else if (node.value === undefined) {
    context.report('NonVoidMethodMissingReturnValue', node);
  }
}

/** A method without a type returns nothing, and so does a constructor. */
export function returnsVoid({ returnType }: FunctionMember): boolean {
  return returnType === undefined || isVoid(returnType.typeName);
}

export function isVoid(type: TypeName): boolean {
  const name = typeNameText(type).toLowerCase();
  return name === 'void' || name === 'system.void';
}

/** @param label empty for the loop around, `undefined` for a return or an unknown label */
function leavesFinally(label: string | undefined, { path }: CheckContext): boolean {
  for (let at = path.length - 1; at >= 0; at--) {
    const node = path[at];
    if (node === undefined) return false;
    switch (node.kind) {
      case 'namedBlock':
      case 'trap':
      case 'scriptBlock':
        return false;
      case 'while':
      case 'doWhile':
      case 'doUntil':
      case 'for':
      case 'forEach':
      case 'switch':
        if (label !== undefined && matches(label, node.label)) return false;
        break;
      case 'statementBlock': {
        const around = path[at - 1];
        if (around?.kind === 'try' && around.finally === node) return true;
      }
    }
  }
  return false;
}

function matches(label: string, loop: string | undefined): boolean {
  return label === '' || label.toLowerCase() === (loop ?? '').toLowerCase();
}

/** Only loops count here, as in PowerShell: the label of a `switch` is not found. */
function missesLabel(label: string, { path }: CheckContext): boolean {
  for (let at = path.length - 1; at >= 0; at--) {
    const node = path[at];
    if (node === undefined) return false;
    switch (node.kind) {
      case 'function':
        return false;
      case 'method':
        return true;
      case 'while':
      case 'doWhile':
      case 'doUntil':
      case 'for':
      case 'forEach':
        if (matches(label, node.label)) return false;
    }
  }
  return false;
}

/** A clause that catches all is the last one, and no clause comes behind one that catches its type. */
export function checkCatches(node: TryStatement, context: CheckContext): void {
  for (const [index, clause] of node.catches.entries()) {
    for (const later of node.catches.slice(index + 1)) {
      if (clause.types.length === 0) {
        const before = Math.max(0, later.start - 1);
        context.report('EmptyCatchNotLast', { start: before, end: before });
        break;
      }
      for (const type of clause.types) {
        for (const caught of later.types) checkCaughtBefore(caught, type, context);
      }
    }
  }
}

function checkCaughtBefore(later: TypeName, earlier: TypeName, context: CheckContext): void {
  const { types, usings } = context;
  const first = types?.tryResolve(earlier, usings);
  const second = types?.tryResolve(later, usings);
  if (types === undefined || first === undefined || second === undefined) return;
  if (first !== second && !types.isSubclass(second, first)) return;
  const extent = { start: later.start - 1, end: later.end + 1 };
  context.report('ExceptionTypeAlreadyCaught', extent, second.name);
}
