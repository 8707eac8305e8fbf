import { isTrue } from '../../conversion/truth.ts';
import { ErrorRecord } from '../../errors/error-record.ts';
import type { Value } from '../../values/value.ts';
import type { CmdletCall } from '../description.ts';
import { objectOrder } from './object-order.ts';
import { expressionKey, type PropertyExpression, propertyExpressions, valuesOf } from './property-expression.ts';

/** An object with the values it is ordered or grouped by. A property that is not there is `undefined`. */
export interface Keyed {
  readonly input: Value;
  readonly keys: readonly Value[];
}

/** What `-Property` of `Sort-Object`, `Group-Object` and `Compare-Object` makes of objects. */
export interface KeyReader {
  readonly expressions: readonly PropertyExpression[];
  read(input: Value): Keyed;
}

const direction = [
  { name: 'ascending', types: ['System.Boolean'] },
  { name: 'descending', types: ['System.Boolean'] },
];

export function keyReader(call: CmdletCall, properties: readonly Value[], { ordered = false } = {}): KeyReader {
  const keys = ordered ? [expressionKey, ...direction] : [expressionKey];
  const expressions = propertyExpressions(call, properties, keys);
  return {
    expressions,
    read(input) {
      if (expressions.length === 0) return { input, keys: [input] };
      return { input, keys: expressions.flatMap((expression) => keysOf(call, expression, input)) };
    },
  };
}

function keysOf(call: CmdletCall, expression: PropertyExpression, input: Value): Value[] {
  const results = valuesOf(expression, input, call);
  if (results.length === 0) return [undefined];
  return results.map(({ value, exception }) => {
    if (exception !== undefined) {
      call.writeError(new ErrorRecord(exception, 'ExpressionEvaluation', 'InvalidResult', input));
    }
    return value;
  });
}

/** Compares by one key after the other; a key that is missing comes last in either direction, even after null. */
export function keyOrder(
  call: CmdletCall,
  expressions: readonly PropertyExpression[],
  { ignoreCase, descending = false }: { ignoreCase: boolean; descending?: boolean },
): (left: Keyed, right: Keyed) => number {
  const compare = objectOrder(call.session, { ignoreCase });
  const signs = expressions.map((expression) => (isDescending(expression, descending) ? -1 : 1));
  const sign = descending ? -1 : 1;
  if (expressions.length === 0) return (left, right) => sign * compare(left.keys[0], right.keys[0]);
  return (left, right) => {
    const count = Math.max(left.keys.length, right.keys.length);
    for (let at = 0; at < count; at++) {
      const a = left.keys[at];
      const b = right.keys[at];
      if (a === undefined || b === undefined) {
        if (a !== b) return a === undefined ? 1 : -1;
        continue;
      }
      const order = compare(a, b);
      if (order !== 0) return (signs[at] ?? sign) * order;
    }
    return 0;
  };
}

function isDescending({ options }: PropertyExpression, otherwise: boolean): boolean {
  const ascending = options.get('ascending');
  const descending = options.get('descending');
  if (ascending !== undefined && descending !== undefined && isTrue(ascending) === isTrue(descending)) return otherwise;
  if (ascending !== undefined) return !isTrue(ascending);
  return descending === undefined ? otherwise : isTrue(descending);
}
