import type { HostedObject } from '../object/hosted-object.ts';
import { fromRow, toRow } from '../object/object-state.ts';
import { claimsOf, idClaim, searchKeys } from './claims.ts';
import { withValue } from './deprovisioning-flow.ts';
import { changeEntry, deleteEntry } from './entry.ts';

import { existing, type WriteContext } from './write-context.ts';
import type { PreparedExport, WriteOrder } from './write-order.ts';

/** DELETE (host sheet 3.8, section 6). */
export function deleteOrder(context: WriteContext, id: string, ifMatch: string | undefined): WriteOrder {
  const { type, connector, random } = context;
  const identifier = random.uuid();
  return {
    known: { claims: [idClaim(id)], needs: [] },
    prepare: () => {
      const before = fromRow(type, existing(context, id, ifMatch));
      const { deleteFlow } = type.file.deprovisioning;
      if (deleteFlow.kind === 'None') return { kind: 'spaceOnly', change: { remove: [id] } };
      if (deleteFlow.kind === 'Delete') return removal(context, identifier, id, before);
      const after = withValue(type, before, deleteFlow.attribute, deleteFlow.value);
      const entry = changeEntry(type, identifier, connector.traits.exportType, before, after);
      if (entry === undefined) return { kind: 'spaceOnly', change: { remove: [id] } };
      return {
        kind: 'export',
        deletes: true,
        entry,
        id,
        keys: searchKeys(type, before),
        ...claimsOf(type, { own: [id], referredTo: [] }, before, after),
        // The object stays in the target with its mark; for the caller it is deleted until the next import.
        settle: () => ({ remove: [id] }),
        achieved: (found) => found !== undefined && found.hidden === toRow(type, id, after).hidden,
      };
    },
  };
}

/** The export that takes an object out of the target. */
export function removal({ type }: WriteContext, identifier: string, id: string, before: HostedObject): PreparedExport {
  return {
    kind: 'export',
    deletes: true,
    entry: deleteEntry(type, identifier, before),
    id,
    keys: searchKeys(type, before),
    ...claimsOf(type, { own: [id], referredTo: [] }, before, before),
    settle: () => ({ remove: [id] }),
    achieved: (found) => found === undefined,
  };
}
