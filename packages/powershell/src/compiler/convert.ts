import { convertTo } from '../conversion/convert.ts';
import { toText } from '../conversion/text.ts';
import type { Evaluate } from '../runtime/frame.ts';
import { setVariable } from '../runtime/variable-access.ts';
import type { ConvertExpression, ExpressionAst, HashtableExpression } from '../syntax/tree/index.ts';
import { OrderedDictionary } from '../types/collections/ordered-dictionary.ts';
import { netTypes } from '../types/intrinsic.ts';
import { ColumnLayout } from '../values/column-layout.ts';
import { PSCustomObject } from '../values/ps-object.ts';
import { PSReference } from '../values/ps-reference.ts';
import type { Value } from '../values/value.ts';
import type { CompileContext } from './context.ts';
import { compileExpression } from './expression.ts';
import { compileFill, compilePairs } from './hashtable.ts';
import { compileTypeName } from './type-name.ts';

/** `[type]operand` */
export function compileConvert(ast: ConvertExpression, context: CompileContext): Evaluate {
  const name = ast.typeName.kind === 'simpleType' ? ast.typeName.name.toLowerCase() : '';
  const { operand } = ast;
  if (operand.kind === 'hashtable') {
    if (name === 'ordered') return compileOrdered(operand, context);
    if (name === 'pscustomobject' || name === 'system.management.automation.pscustomobject') {
      return compileCustomObject(operand, context);
    }
  }
  if (name === 'ref' || name === 'psreference') return compileReference(operand, context);
  const evaluate = compileExpression(operand, context);
  if (name === 'void') {
    return (frame) => {
      evaluate(frame);
      return undefined;
    };
  }
  // The type literal `[pscustomobject]` is PSObject; a cast to it makes an object of a dictionary's entries.
  const resolve = name === 'pscustomobject' ? () => netTypes.psCustomObject : compileTypeName(ast.typeName, context);
  return (frame) => {
    const type = resolve(frame);
    const value = evaluate(frame);
    if (typeof value === 'number' ? type === netTypes.int32 : typeof value === 'string' && type === netTypes.string) {
      return value;
    }
    return convertTo(value, type, frame.session);
  };
}

function compileOrdered(ast: HashtableExpression, context: CompileContext): Evaluate {
  const fill = compileFill(ast, context);
  return (frame) => fill(frame, new OrderedDictionary());
}

/** `[pscustomobject]@{ … }`: the properties keep the order written. */
function compileCustomObject(ast: HashtableExpression, context: CompileContext): Evaluate {
  const pairs = compilePairs(ast, context);
  const layout = layoutOf(ast);
  if (layout !== undefined) {
    const values = pairs.map((pair) => pair.value);
    return (frame) => {
      const fields: Value[] = new Array(values.length);
      for (let at = 0; at < values.length; at++) fields[at] = values[at]?.(frame) ?? null;
      return new PSCustomObject(layout, fields);
    };
  }
  return (frame) => {
    const object = new PSCustomObject();
    for (const pair of pairs) {
      const key = pair.key(frame);
      const value = pair.value(frame) ?? null;
      const name = typeof key === 'string' ? key : toText(key, frame.session);
      const folded = name.toLowerCase();
      if (folded === 'pstypename') {
        object.typeNames = [toText(value, frame.session), ...(object.typeNames ?? customTypeNames)];
      } else {
        object.members.set(folded, { kind: 'note', name, value });
      }
    }
    return object;
  };
}

/** The layout that all objects of a literal share; `undefined` where its names are computed, alike or special. */
function layoutOf({ pairs }: HashtableExpression): ColumnLayout | undefined {
  const names = pairs.flatMap(({ key }) => (key.kind === 'string' ? [key.value] : []));
  const folded = new Set(names.map((name) => name.toLowerCase()));
  const isPlain = folded.size === pairs.length && pairs.length > 0 && !folded.has('pstypename');
  return isPlain ? new ColumnLayout(names) : undefined;
}

const customTypeNames = ['System.Management.Automation.PSCustomObject', 'System.Object'];

/** `[ref]$x` refers to the variable, anything else to a place of its own. */
function compileReference(operand: ExpressionAst, context: CompileContext): Evaluate {
  const evaluate = compileExpression(operand, context);
  const folded = operand.kind === 'variable' ? operand.name.toLowerCase() : undefined;
  // What a call leaves in `[ref]$null` is lost.
  if (operand.kind !== 'variable' || folded === undefined || folded === 'null') {
    return (frame) => PSReference.to(evaluate(frame));
  }
  const { name } = operand;
  return (frame) => {
    const { session, scope } = frame;
    const variable = scope.find(folded) ?? setVariable(session, scope, name, null);
    return new PSReference(
      () => variable.value,
      (value) => {
        variable.value = value;
      },
    );
  };
}
