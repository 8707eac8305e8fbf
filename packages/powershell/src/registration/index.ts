/*
 * What a host program describes its own types and cmdlets with: the same that the language describes its own with. A program
 * that registers them is an entry of its own: see `serveScripts` of `@joinery/powershell/script-process`.
 */

export type { CmdletDescription } from '../commands/description.ts';
export { baseOf } from '../conversion/base.ts';
export { ErrorRecord } from '../errors/error-record.ts';
export { NetException } from '../errors/net-exception.ts';
export { netFailure } from '../errors/raise.ts';
export type { Registration } from '../runtime/registration.ts';
export { bytesFrom, toByteArray } from '../types/byte-array.ts';
export { closeType } from '../types/closed-type.ts';
export { EnumeratorObject } from '../types/collections/enumerator.ts';
export { GenericList, listOf } from '../types/collections/generic-list.ts';
export { itemsOf } from '../types/collections/items-of.ts';
export { KeyedCollection } from '../types/collections/keyed-collection.ts';
export { enumeration, enumOf } from '../types/enumeration.ts';
export { Guid, newGuid } from '../types/identity/guid.ts';
export { namedType, netTypes } from '../types/intrinsic.ts';
export type { CallContext, HandOver, NetType, Overload, Property, TypeDescription } from '../types/net-type.ts';
export { SecureString } from '../types/security/secure-string.ts';
export {
  exceptionDescription,
  exceptionOf,
  usualConstructors,
} from '../types/system/exceptions/describe-exception.ts';
export { NetArray, objectArray } from '../values/array.ts';
export { EnumValue } from '../values/enum.ts';
export { Instance } from '../values/instance.ts';
export { defaultComparer, ignoreCaseComparer } from '../values/key-comparer.ts';
export { List } from '../values/list.ts';
export { as, bool, int, long, object, text } from '../values/narrow.ts';
export type { Value } from '../values/value.ts';
export { settingOf } from './setting.ts';
