import type { PropertyValue } from '../user/user.ts';

/** The properties of a group that have a value, by their Graph names; members are rows of their own. */
export type GroupDocument = Readonly<Record<string, PropertyValue>>;
