export { Engine } from './engine/engine.ts';
export { placeText } from './engine/failure.ts';
export { defaultLimits } from './engine/limits.ts';
export type { EngineOptions, InvokeOptions, Script, StreamEvent } from './engine/options.ts';
export type { Run } from './engine/run.ts';
export {
  credential,
  customObject,
  date,
  type EngineDate,
  type EngineDictionary,
  type EngineError,
  type EngineNumber,
  type EngineObject,
  type EngineOpaque,
  type EngineTyped,
  type EngineValue,
  hashtable,
  isList,
  type NumberType,
  toJsonValue,
  typedItems,
  typedList,
} from './engine/value.ts';
export {
  type BlockResult,
  type MappedRow,
  Mapping,
  type MappingOptions,
  type MappingRow,
  type RowError,
} from './mapping/mapping.ts';
export type { MappingBlock, MappingEntry, MappingNode, MappingTable } from './mapping/shape.ts';
export type { Profile, StreamName } from './sandbox/protocol.ts';
export type { RunLimits } from './sandbox/run-budget.ts';
export { type Place, placeOf, type Source } from './syntax/source.ts';
export { decodeText } from './world/decode-text.ts';
export type { HostGrant } from './world/granted-hosts.ts';
export type { Grant } from './world/granted-paths.ts';
