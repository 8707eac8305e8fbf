import type { Connector } from '@joinery/connector';
import { isProblem, problem } from '@joinery/problems';
import type { Random } from '@joinery/runtime';
import { isIdOf, parseIdentity } from '../object/identity.ts';
import { toRow } from '../object/object-state.ts';
import type { ObjectShape, Shape } from '../object/shape.ts';
import { etag, rowDigest, type StoredRow, withMeta } from '../space/row.ts';
import type { Space } from '../space/space.ts';
import { dnOf } from './dn.ts';
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
export function existing(context: WriteContext, id: string, ifMatch: string | undefined): StoredRow {
  const { shape, type, space, doubts } = context;
  if (doubts.size > 0) doubts.checkId(id);
  const row = isIdOf(type, shape, space, id) ? (space.get(id) ?? rebuilt(context, id)) : undefined;
  if (row === undefined) throw problem('SCIM_NOT_FOUND', 'There is no object with this id.');
  if (ifMatch !== undefined && ifMatch !== '*' && ifMatch !== etag(row.version)) {
    throw problem('SCIM_PRECONDITION_FAILED', `The object has the version ${etag(row.version)} now.`);
  }
  return row;
}

/**
 * A target that is never imported may have objects that the space has lost, or never saw: their id says what they are called
 * (host sheet 13.1 (1)). Nothing else of them is known, so that where whole objects are written they could only be emptied;
 * there they stay unknown.
 */
function rebuilt({ shape, type, space, connector }: WriteContext, id: string): StoredRow | undefined {
  if (shape.imported || connector.traits.exportType === 'ObjectReplace') return undefined;
  try {
    const { anchors } = parseIdentity(shape, space.identityOf(id));
    const attributes = new Map(anchors.map(({ name, value }) => [name, [value]]));
    const row = toRow(type, id, { attributes, dn: dnOf(type, (name) => attributes.get(name)?.[0], undefined) });
    const version = rowDigest(row);
    return { id, version, json: withMeta(row, version, 0), hidden: null, dn: row.dn, references: null };
  } catch (error) {
    if (isProblem(error, 'CONNECTOR_ANCHOR_INVALID')) return undefined;
    throw error;
  }
}
