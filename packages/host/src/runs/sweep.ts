import type { Connector } from '@joinery/connector';
import { toProblem } from '@joinery/problems';
import { type Clock, type Logger, withDeadline } from '@joinery/runtime';
import { parseIdentity } from '../object/identity.ts';
import type { Shape } from '../object/shape.ts';
import type { Space } from '../space/space.ts';
import type { Tally } from './tally.ts';

export interface SweepOptions {
  readonly shape: Shape;
  readonly connector: Connector;
  readonly space: Space;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Milliseconds that one look-up may take. */
  readonly callMs: number;
}

/** Added objects asked for at once. */
const ASKED_AT_ONCE = 100;

/** Ends the objects that a full import did not bring, a transaction at a time. */
export async function sweepMissing(options: SweepOptions, tally: Tally, signal: AbortSignal): Promise<void> {
  await decideMissingAdds(options, signal);
  for (let after = -1; ; ) {
    signal.throwIfAborted();
    const { deletes, examples, types, next, done } = await options.space.writer.call('sweep', { after });
    tally.deletes.add(deletes, examples);
    for (const [type, count] of types) tally.end(type, count);
    after = next;
    if (done) return;
  }
}

/**
 * Some targets show an object that was created only later, so one that was exported and is not among what the import brought
 * is spared the first time. Where the target can be asked it says at once whether the object is there.
 */
async function decideMissingAdds(options: SweepOptions, signal: AbortSignal): Promise<void> {
  if (options.connector.lookup === undefined) return;
  for (let after = ''; ; ) {
    const ids = await options.space.writer.call('missingAdds', { after, limit: ASKED_AT_ONCE });
    const last = ids.at(-1);
    if (last === undefined) return;
    const absent: string[] = [];
    for (const id of ids) if (await isAbsent(options, id, signal)) absent.push(id);
    if (absent.length > 0) await options.space.writer.call('absent', absent);
    after = last;
  }
}

/** A target that cannot be asked has not said that the object is not there. */
async function isAbsent(
  { shape, connector, space, clock, logger, callMs }: SweepOptions,
  id: string,
  signal: AbortSignal,
): Promise<boolean> {
  const { type, anchors } = parseIdentity(shape, space.identityOf(id));
  const query = { schema: shape.schema, objectType: type.schemaType.name, anchor: anchors };
  try {
    const found = await withDeadline(clock, callMs, 'The look-up in the target', signal, async (within) =>
      connector.lookup?.(query, within),
    );
    return found !== undefined && found.length === 0;
  } catch (error) {
    signal.throwIfAborted();
    logger.warn({ error: toProblem(error), id }, 'the target could not be asked for an object that was created');
    return false;
  }
}
