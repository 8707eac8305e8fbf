import { findUserProperty, isExtensionName, type User, type UserProperty, userProperties } from '@joinery/directory';
import { problem } from '@joinery/problems';
import { Type } from 'typebox';
import { closedObject } from '../shapes.ts';

/** What every property of a user may look like in an answer. */
const anyProperty = Type.Union([
  Type.Null(),
  Type.String(),
  Type.Boolean(),
  Type.Array(Type.Union([Type.String(), Type.Record(Type.String(), Type.String())])),
  Type.Record(Type.String(), Type.String()),
]);

const optionalProperties = Object.fromEntries(userProperties.map(({ name }) => [name, Type.Optional(anyProperty)]));

const extensionPattern = '^extension_[0-9a-f]{32}_[A-Za-z0-9_]+$';

/** A user in an answer: known properties and directory extensions, nothing else. */
export const UserShape = Type.Object(
  { ...optionalProperties, '@odata.context': Type.Optional(Type.String()) },
  { additionalProperties: false, patternProperties: { [extensionPattern]: Type.String() } },
);

export const UserCollection = closedObject({
  '@odata.context': Type.String(),
  value: Type.Array(UserShape),
  '@odata.nextLink': Type.Optional(Type.String()),
});

export type UserAnswer = Readonly<Record<string, unknown>>;

const defaultProperties = userProperties.filter(({ returnedByDefault }) => returnedByDefault);

/**
 * The properties that `$select` names, the default set without one (graph sheet 10).
 * @throws SERVICE_QUERY_INVALID for a property that users do not have
 */
export function selectedProperties(select: readonly string[] | undefined): readonly UserProperty[] {
  if (select === undefined) return defaultProperties;
  if (select.includes('*')) return userProperties;
  return select.map((name) => {
    const property = findUserProperty(name);
    if (property !== undefined) return property;
    throw problem(
      'SERVICE_QUERY_INVALID',
      `Could not find a property named '${name.slice(0, 100)}' on type 'microsoft.graph.user'.`,
      {
        place: '$select',
      },
    );
  });
}

/**
 * A user with these properties. An ordinary property without a value is null, a collection is empty; a directory extension without
 * a value is absent: a published check takes "key present" for "has a value" (graph sheet 10).
 */
export function renderUser(user: User, properties: readonly UserProperty[]): UserAnswer {
  const answer: Record<string, unknown> = {};
  for (const { name, type } of properties) {
    if (name === 'id') answer[name] = user.id;
    else if (name === 'deletedDateTime') answer[name] = user.deletedDateTime ?? null;
    else if (name in user.document) answer[name] = user.document[name];
    else if (!isExtensionName(name)) answer[name] = type === 'strings' || type === 'complexes' ? [] : null;
  }
  return answer;
}
