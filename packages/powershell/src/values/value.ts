import type { Instance } from './instance.ts';

/**
 * A value of the language, inside the engine.
 *
 * | JavaScript | .NET |
 * |---|---|
 * | `null` | `$null` |
 * | `undefined` | AutomationNull: what a command without output yields; `$null` in every expression, nothing in a pipeline |
 * | `boolean` | System.Boolean |
 * | `number` | System.Int32, always a whole number in its range: every other number is an `Instance` |
 * | `bigint` | System.Int64, always in its range |
 * | `string` | System.String |
 * | `Instance` | everything else |
 *
 * Only the four hot types are bare; a Double is an object so that `1.0` and `1` stay two types.
 */
export type Value = null | undefined | boolean | number | bigint | string | Instance;
