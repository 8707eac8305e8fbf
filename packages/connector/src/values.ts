/** ECMA 2 `AttributeType` without `Undefined`: what a schema attribute can hold. */
export type AttributeType = 'String' | 'Integer' | 'Reference' | 'Binary' | 'Boolean';

/**
 * A value as connectors hand it over: text and references as strings, integers as bigint (64 bit, exact), binary as bytes.
 * A connector may hand text for any type; the host coerces by schema (ECMA sheet 2.3).
 */
export type AttributeValue = string | bigint | boolean | Uint8Array;
