import type { AttributeValue } from '@joinery/connector';

/** The attributes of one object as the connector knows them, by name; attributes without a value are absent. */
export type ObjectState = ReadonlyMap<string, readonly AttributeValue[]>;

/** One object outside any wire format. */
export interface HostedObject {
  readonly attributes: ObjectState;
  readonly dn: string | undefined;
}
