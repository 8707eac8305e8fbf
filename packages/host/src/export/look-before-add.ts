import { type AnchorAttribute, type Connector, formatValue } from '@joinery/connector';
import { problem } from '@joinery/problems';
import { type Clock, type Redactor, withDeadline } from '@joinery/runtime';
import type { ScimObject } from '@joinery/scim';
import { anchorsOf } from '../object/identity.ts';
import { fromResource } from '../object/object-state.ts';
import { readEntry } from '../object/read-entry.ts';
import type { ObjectShape, Shape } from '../object/shape.ts';
import type { Space } from '../space/space.ts';
import { targetFault } from './target-fault.ts';

export interface LookBeforeAdd {
  readonly shape: Shape;
  readonly type: ObjectShape;
  readonly connector: Connector;
  readonly space: Space;
  readonly clock: Clock;
  readonly redactor: Redactor;
  /** Milliseconds that the look-ups may take. */
  readonly callMs: number;
}

/**
 * Asks a target that is never imported whether it has the object already, by anchor and by matching attribute. Its callers
 * find nobody and so create everybody (host sheet 4.2): without this question, a second time. What is found goes into the
 * space, so that the caller's next match finds it too.
 * @throws SCIM_UNIQUENESS, and what the target ends the look-up with: then nobody knows, and nothing is created
 */
export async function lookBeforeAdd(options: LookBeforeAdd, resource: ScimObject, signal: AbortSignal): Promise<void> {
  const { shape, type, connector, space, clock, redactor, callMs } = options;
  const { lookup } = connector;
  if (connector.fullImport !== undefined || lookup === undefined) return;
  const questions = questionsAbout(type, resource);
  const ask = (within: AbortSignal) => async () => {
    for (const question of questions) {
      const found = await lookup.call(
        connector,
        { schema: shape.schema, objectType: type.schemaType.name, ...question },
        within,
      );
      if (found.length > 0) return found;
    }
    return [];
  };
  const found = await withDeadline(clock, callMs, 'The look-up in the target', signal, (within) => ask(within)()).catch(
    (error: unknown) => {
      throw targetFault(error, redactor);
    },
  );
  if (found.length === 0) return;
  for (const each of found) {
    const reading = readEntry(shape, (identity) => space.idOf(identity), each);
    if (reading === undefined || !('row' in reading)) continue;
    // No journal entry ends with this: nothing was written to the target.
    await space.writer.call('confirm', {
      confirmations: [{ identifier: '', row: reading.row }],
      now: clock.now(),
    });
  }
  throw problem('SCIM_UNIQUENESS', 'The target has this object already; match it instead of creating it.');
}

type Question =
  | { readonly anchor: readonly AnchorAttribute[] }
  | { readonly attribute: string; readonly value: string };

function questionsAbout(type: ObjectShape, resource: ScimObject): Question[] {
  const { attributes } = fromResource(type, resource);
  const anchor = anchorsOf(type, attributes);
  const matching = type.file.queryAttribute;
  const value = attributes.get(matching)?.[0];
  return [
    ...(anchor.length === 0 ? [] : [{ anchor }]),
    ...(value === undefined || anchor.some(({ name }) => name === matching)
      ? []
      : [{ attribute: matching, value: formatValue(value) }]),
  ];
}
