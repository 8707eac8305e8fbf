import {
  attribute,
  type CompareOperator,
  compileResourceType,
  complex,
  type FilterNode,
  type ScimDraft,
  type ScimObject,
  type ScimValue,
} from '@joinery/scim';
import fc from 'fast-check';

const EXT = 'urn:example:ext';

/** A type with an attribute of every kind. */
export const type = compileResourceType({
  name: 'Thing',
  endpoint: '/Things',
  description: '',
  schema: {
    id: 'urn:example:thing',
    name: 'Thing',
    description: '',
    attributes: [
      attribute('label'),
      attribute('code', { caseExact: true }),
      attribute('active', { type: 'boolean' }),
      attribute('size', { type: 'integer' }),
      attribute('score', { type: 'decimal' }),
      attribute('born', { type: 'dateTime' }),
      complex('name', [attribute('given'), attribute('family')]),
      attribute('tags', { multiValued: true }),
      complex('emails', [attribute('value'), attribute('type'), attribute('primary', { type: 'boolean' })], {
        multiValued: true,
      }),
    ],
  },
  extensions: [
    {
      schema: {
        id: EXT,
        name: 'Ext',
        description: '',
        attributes: [attribute('dept'), attribute('rank', { type: 'integer' })],
      },
      required: false,
    },
  ],
});

const text = fc.constantFrom(
  ...[
    '',
    'a',
    'A',
    'ab',
    'B',
    'ß',
    'ss',
    'SS',
    'ẞ',
    'ä',
    'Ä',
    'a\u0308',
    'İ',
    'i',
    'I',
    'ı',
    'Σ',
    'ς',
    'σ',
    'ὈΔΥΣΣΕΎΣ',
  ],
  ...['ὀδυσσεύς', '\u{1F600}', '\uFFFD', '\u{10400}', '\u{10428}', 'x"y', '%', '_', "'", '\\', 'ﬁ', 'FI', ' '],
);
const integer = fc.constantFrom<number | bigint>(
  -1,
  0,
  1,
  2,
  9007199254740993n,
  9223372036854775807n,
  -9223372036854775808n,
);
const decimal = fc.constantFrom(-1.5, 0, 0.1, 1, 1.5, 1e20);
const instant = fc.constantFrom(
  '2021-01-01T00:00:00Z',
  '2021-01-01T01:00:00+01:00',
  '2021-01-01T00:00:00.0000001Z',
  '2020-12-31T23:59:59.9999999Z',
  '0001-01-03T00:00:00.0000000Z',
);

const sometimes = <T extends ScimValue>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const resource: fc.Arbitrary<ScimObject> = fc
  .record({
    label: sometimes(text),
    code: sometimes(text),
    active: sometimes(fc.boolean()),
    size: sometimes(integer),
    score: sometimes(decimal),
    born: sometimes(instant),
    name: sometimes(fc.record({ given: sometimes(text), family: sometimes(text) }).map(compact)),
    tags: sometimes(fc.array(text, { minLength: 1, maxLength: 3 })),
    emails: sometimes(
      fc.array(
        fc.record({ value: sometimes(text), type: sometimes(text), primary: sometimes(fc.boolean()) }).map(compact),
        {
          minLength: 1,
          maxLength: 3,
        },
      ),
    ),
    [EXT]: sometimes(fc.record({ dept: sometimes(text), rank: sometimes(integer) }).map(compact)),
  })
  .map(compact);

function compact(object: Readonly<Record<string, ScimValue | undefined>>): ScimObject {
  const draft: ScimDraft = {};
  for (const [name, value] of Object.entries(object)) if (value !== undefined) draft[name] = value;
  return draft;
}

const textOps = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const;
const orderOps = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const;

function comparison(
  path: string,
  operators: readonly CompareOperator[],
  values: fc.Arbitrary<string>,
  kind: 'string' | 'number' | 'boolean',
): fc.Arbitrary<FilterNode> {
  return fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .tuple(fc.constantFrom(...operators), values)
        .map(([operator, value]): FilterNode => ({ kind: 'compare', path, operator, value: { kind, text: value } })),
    },
    { weight: 1, arbitrary: fc.constant<FilterNode>({ kind: 'present', path }) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom<CompareOperator>('eq', 'ne')
        .map((operator): FilterNode => ({ kind: 'compare', path, operator, value: { kind: 'null', text: 'null' } })),
    },
  );
}

const numberText = fc.oneof(integer, decimal, fc.constantFrom(1e300, -1e300, 0.5)).map(String);
const booleanText = fc.boolean().map(String);
const texts = (path: string) => comparison(path, textOps, text, 'string');

const elementTerm = fc.oneof(
  texts('value'),
  texts('TYPE'),
  comparison('primary', ['eq', 'ne'], booleanText, 'boolean'),
);

const term: fc.Arbitrary<FilterNode> = fc.oneof(
  ...['label', 'code', 'name.given', 'name.FAMILY', 'tags', 'emails', 'emails.type', `${EXT}:dept`, 'unknown'].map(
    texts,
  ),
  comparison('active', ['eq', 'ne'], booleanText, 'boolean'),
  comparison('emails.primary', ['eq', 'ne'], booleanText, 'boolean'),
  comparison('size', orderOps, numberText, 'number'),
  comparison(`${EXT}:rank`, orderOps, numberText, 'number'),
  comparison('score', orderOps, numberText, 'number'),
  comparison('born', orderOps, instant, 'string'),
  fc.constantFrom<FilterNode>({ kind: 'present', path: 'name' }, { kind: 'present', path: EXT }),
  fc
    .tuple(fc.constantFrom('emails', 'tags'), logic(elementTerm, 2), fc.option(elementTerm, { nil: undefined }))
    .map(([path, filter, condition]): FilterNode => {
      const simple = path === 'tags';
      const followed = condition?.kind === 'compare' || condition?.kind === 'present' ? condition : undefined;
      return {
        kind: 'valuePath',
        path,
        filter: simple
          ? { kind: 'compare', path: 'value', operator: 'co', value: { kind: 'string', text: 'a' } }
          : filter,
        condition: simple ? undefined : followed,
      };
    }),
  logic(texts('given'), 1).map(
    (filter): FilterNode => ({ kind: 'valuePath', path: 'name', filter, condition: undefined }),
  ),
);

function logic(leaf: fc.Arbitrary<FilterNode>, maxDepth: number): fc.Arbitrary<FilterNode> {
  return fc.letrec<{ node: FilterNode }>((tie) => ({
    node: fc.oneof(
      { maxDepth, depthIdentifier: fc.createDepthIdentifier() },
      leaf,
      fc
        .tuple(fc.constantFrom<'and' | 'or'>('and', 'or'), fc.array(tie('node'), { minLength: 2, maxLength: 3 }))
        .map(([kind, operands]): FilterNode => ({ kind, operands })),
      tie('node').map((operand): FilterNode => ({ kind: 'not', operand })),
    ),
  })).node;
}

/** Filters over that type, well typed, nested, over values that often meet. */
export const filter = logic(term, 3);

/** The same things for every engine, rich in letters whose case is not plain. */
export const things: readonly ScimObject[] = fc.sample(resource, { numRuns: 60, seed: 11 });
