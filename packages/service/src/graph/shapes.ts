import { type TSchema, Type } from 'typebox';

/** Members of our own that an answer may have are exactly those declared. */
const closed = { additionalProperties: false } as const;

export function closedObject<P extends Record<string, TSchema>>(properties: P) {
  return Type.Object(properties, closed);
}

/** A list that is only read: answers are rendered from values that nobody may change. */
export function listOf<T extends TSchema>(item: T) {
  return Type.Immutable(Type.Array(item));
}

export const nullableText = Type.Union([Type.String(), Type.Null()]);

/** An OData collection (graph sheet 2). */
export function collectionOf<T extends TSchema>(item: T) {
  return closedObject({
    '@odata.context': Type.String(),
    value: Type.Array(item),
    '@odata.nextLink': Type.Optional(Type.String()),
  });
}

/** Answers without a body. */
export const noContent = { 204: Type.Undefined() } as const;

/** A path with one id in it. */
export const idParams = Type.Object({ id: Type.String({ minLength: 1, maxLength: 1_000 }) });

/** Query options are read by `readQueryOptions`, whose errors name the option. */
export const anyQuery = Type.Record(Type.String(), Type.Unknown());
