import { type AnchorAttribute, type Connector, type CSEntryChange, formatValue } from '@joinery/connector';
import { problem } from '@joinery/problems';
import { type Clock, type Redactor, withDeadline } from '@joinery/runtime';
import type { ScimObject } from '@joinery/scim';
import type { ObjectState } from '../object/hosted-object.ts';
import { anchorsOf, identityOf } from '../object/identity.ts';
import { fromResource } from '../object/object-state.ts';
import { readEntry } from '../object/read-entry.ts';
import type { ObjectShape, Shape } from '../object/shape.ts';
import type { Space } from '../space/space.ts';
import type { InDoubt } from './in-doubt.ts';
import { targetFault } from './target-fault.ts';

export interface LookBeforeAdd {
  readonly shape: Shape;
  readonly type: ObjectShape;
  readonly connector: Connector;
  readonly space: Space;
  readonly doubts: InDoubt;
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
  const { shape, type, connector, space, doubts, clock, redactor, callMs } = options;
  if (connector.fullImport !== undefined || connector.lookup === undefined) return;
  const { attributes } = fromResource(type, resource);
  const anchor = anchorsOf(type, attributes);
  // What became of an earlier write to it is being found out; the answer to that comes first.
  if (doubts.size > 0 && anchor.length > 0) doubts.checkId(space.idOf(identityOf(type, anchor)));
  const questions = questionsAbout(type, attributes, anchor);
  let found: readonly CSEntryChange[];
  try {
    found = await withDeadline(clock, callMs, 'The look-up in the target', signal, (within) =>
      firstFound(options, questions, within),
    );
  } catch (error) {
    throw targetFault(error, redactor);
  }
  if (found.length === 0) return;
  const rows = found.flatMap((each) => {
    const reading = readEntry(shape, (identity) => space.idOf(identity), each);
    return reading !== undefined && 'row' in reading ? [reading.row] : [];
  });
  // They end no journal entry: nothing was written to the target.
  const confirmations = rows.map((row) => ({ identifier: '', row }));
  await space.writer.call('confirm', { confirmations, now: clock.now() });
  throw problem('SCIM_UNIQUENESS', 'The target has this object already; match it instead of creating it.');
}

/** What the target answers to the first question that it has an answer to. */
async function firstFound(
  { shape, type, connector }: LookBeforeAdd,
  questions: readonly Question[],
  signal: AbortSignal,
): Promise<readonly CSEntryChange[]> {
  for (const question of questions) {
    const query = { schema: shape.schema, objectType: type.schemaType.name, ...question };
    const found = (await connector.lookup?.(query, signal)) ?? [];
    if (found.length > 0) return found;
  }
  return [];
}

type Question =
  | { readonly anchor: readonly AnchorAttribute[] }
  | { readonly attribute: string; readonly value: string };

/** By anchor, and by matching attribute where that is another one. */
function questionsAbout(type: ObjectShape, attributes: ObjectState, anchor: readonly AnchorAttribute[]): Question[] {
  const matching = type.file.queryAttribute;
  const value = anchor.some(({ name }) => name === matching) ? undefined : attributes.get(matching)?.[0];
  return [
    ...(anchor.length === 0 ? [] : [{ anchor }]),
    ...(value === undefined ? [] : [{ attribute: matching, value: formatValue(value) }]),
  ];
}
