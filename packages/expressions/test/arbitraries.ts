import fc from 'fast-check';
import type { Place } from '../src/index.ts';
import { functions } from '../src/index.ts';
import type { Expression } from '../src/syntax/tree.ts';

const place: Place = { offset: 0, line: 1, column: 1 };
const text = fc
  .string({ unit: fc.constantFrom(...'ab"\\[](),=<>&\'\n é😀'), maxLength: 8 })
  .map((value): Expression => ({ kind: 'text', value, place }));
const attribute = fc
  .constantFrom('mail', 'emails[type eq "work"].value', 'a b', 'x[y eq "]"]', 'urn:x:2.0:User:y')
  .map((name): Expression => ({ kind: 'attribute', name, place }));
const number = fc
  .oneof(
    fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }).map(String),
    fc.nat().map((value) => `&H${value.toString(16)}`),
    fc.constantFrom('1.5', '-0.25'),
  )
  .map((value): Expression => ({ kind: 'number', text: value, place }));
const keyword = fc.constantFrom<Expression>({ kind: 'keyword', name: 'vbTextCompare', place });

/** Any tree the grammar can write, sensible or not. */
export const anyExpression: fc.Arbitrary<Expression> = fc.letrec<{ node: Expression; operand: Expression }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    tie('operand'),
    fc
      .record({
        operator: fc.constantFrom('=' as const, '<>' as const, '<=' as const),
        left: tie('operand'),
        right: tie('operand'),
      })
      .map((parts): Expression => ({ kind: 'comparison', ...parts, place })),
  ),
  operand: fc.oneof(
    { depthSize: 'small' },
    text,
    attribute,
    number,
    keyword,
    fc
      .record({
        name: fc.constantFrom('Join', 'Switch', 'Unknown_1', 'ToLower'),
        arguments: fc
          .array(fc.option(tie('node'), { nil: undefined }), { maxLength: 5 })
          // One empty place and none are written alike.
          .map((given) => (given.length === 1 && given[0] === undefined ? [] : given)),
      })
      .map((parts): Expression => ({ kind: 'call', ...parts, place })),
  ),
})).node;

/** Trees whose calls fit the declared parameters: what the wire form carries. */
export const declaredExpression: fc.Arbitrary<Expression> = fc.letrec<{ operand: Expression }>((tie) => ({
  operand: fc.oneof(
    { depthSize: 'small' },
    text,
    attribute,
    fc.constantFrom(...functions.values()).chain((definition) => {
      const single = definition.parameters.filter((parameter) => parameter.repeating === undefined);
      const last = definition.parameters.at(-1);
      const values = single.map(({ type, optional }) => {
        const operand = tie('operand');
        const value =
          type === 'Keyword'
            ? keyword
            : type === 'Integer'
              ? fc.oneof(number.filter(isInteger), attribute)
              : type === 'Condition'
                ? fc
                    .record({ left: operand, right: operand })
                    .map((parts): Expression => ({ kind: 'comparison', operator: '=', ...parts, place }))
                : operand;
        return optional === undefined ? value : fc.option(value, { nil: undefined });
      });
      const least = last?.repeating ?? 0;
      const repeated =
        last?.repeating === undefined
          ? fc.constant([])
          : fc.array(tie('operand'), { minLength: least, maxLength: least + 2 });
      return fc.tuple(fc.tuple(...values), repeated).map(
        ([given, more]): Expression => ({
          kind: 'call',
          name: definition.name,
          arguments: [...given, ...more],
          place,
        }),
      );
    }),
  ),
})).operand;

function isInteger(expression: Expression): boolean {
  return expression.kind === 'number' && !expression.text.includes('.');
}
