import type { Problem } from '@joinery/problems';
import type { ScimObject, ScimValue } from '../value.ts';
import type { BulkResult } from './answer.ts';
import type { BulkOperation } from './message.ts';

/** A resource that was created without the references of a circle. */
export interface SeveredCreation {
  readonly id: string;
  readonly result: BulkResult;
  readonly left: readonly { readonly path: string; readonly value: ScimValue }[];
}

/** What carries out the operations of a bulk request, one by one, against the store. */
export interface BulkWriter<Creation extends SeveredCreation = SeveredCreation> {
  /** An operation whose references are ids already. @throws the operation's problem */
  write(operation: BulkOperation): Promise<{ readonly id: string; readonly result: BulkResult }>;
  createSevered(operation: BulkOperation, data: ScimObject, ids: ReadonlyMap<string, string>): Promise<Creation>;
  complete(creation: Creation, ids: ReadonlyMap<string, string>): Promise<BulkResult>;
  undo(creation: Creation): Promise<void>;
  /**
   * The address of the resource that an operation names; undefined where it names none.
   * @param path the operation's, with ids for the bulkIds that are known
   */
  locationOf(operation: BulkOperation, path: string): string | undefined;
  /** Hears of every failure, for the log. */
  failed(found: Problem): void;
}
