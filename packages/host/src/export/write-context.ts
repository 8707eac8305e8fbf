import type { Connector } from '@joinery/connector';
import { problem } from '@joinery/problems';
import type { Random } from '@joinery/runtime';
import { isIdOf } from '../facade/identity.ts';
import type { ObjectShape, Shape } from '../facade/shape.ts';
import { etag, type StoredRow } from '../space/row.ts';
import type { Space } from '../space/space.ts';
import type { InDoubt } from './in-doubt.ts';
import type { UnknownPasswords } from './unknown-passwords.ts';

/** What a write is prepared from. */
export interface WriteContext {
  readonly shape: Shape;
  /** The type of the object that is written. */
  readonly type: ObjectShape;
  readonly connector: Connector;
  readonly space: Space;
  readonly doubts: InDoubt;
  readonly passwords: UnknownPasswords;
  readonly random: Random;
}

/** The object that a write is about. @throws SCIM_NOT_FOUND, SCIM_PRECONDITION_FAILED, HOST_OBJECT_IN_DOUBT */
export function existing(
  { shape, type, space, doubts }: WriteContext,
  id: string,
  ifMatch: string | undefined,
): StoredRow {
  if (doubts.size > 0) doubts.checkId(id);
  const row = isIdOf(type, shape, space, id) ? space.get(id) : undefined;
  if (row === undefined) throw problem('SCIM_NOT_FOUND', 'There is no object with this id.');
  if (ifMatch !== undefined && ifMatch !== '*' && ifMatch !== etag(row.version)) {
    throw problem('SCIM_PRECONDITION_FAILED', `The object has the version ${etag(row.version)} now.`);
  }
  return row;
}
