/** A JSON value of a SCIM resource. 64-bit integers outside the safe range are bigint; U+0000 never occurs (refused at the edge). */
export type ScimValue = string | number | bigint | boolean | null | readonly ScimValue[] | ScimObject;

export interface ScimObject {
  readonly [name: string]: ScimValue;
}
