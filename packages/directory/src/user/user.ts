/** A JSON value inside a user's document. */
export type PropertyValue =
  | string
  | number
  | boolean
  | null
  | readonly PropertyValue[]
  | { readonly [name: string]: PropertyValue };

/** The properties that have a value, by their Graph names; an unset property is absent, never null. */
export type UserDocument = Readonly<Record<string, PropertyValue>>;

/** A user of the directory, live or in the recycle bin. */
export interface User {
  /** Lower-case GUID. */
  readonly id: string;
  /** ISO 8601; undefined while the user is live. */
  readonly deletedDateTime: string | undefined;
  /** Everything else, `userPrincipalName` and `createdDateTime` included; without `id` and `deletedDateTime`. */
  readonly document: UserDocument;
}

/** The text of a document's property, or undefined. */
export function textOf(document: UserDocument, name: string): string | undefined {
  const value = document[name];
  return typeof value === 'string' ? value : undefined;
}
