import { toProblem } from '@joinery/problems';
import type { ScimClient } from '@joinery/scim';
import { failPoint } from '../fail-points.ts';
import type { WriteOutcome } from '../plan/conclude.ts';
import type { Write } from '../plan/model.ts';

/** What writing takes from a client. */
export type TargetWriter = Pick<ScimClient, 'create' | 'patch' | 'delete'>;

/**
 * Sends one write. A fault is an outcome: refused where the target said so, in doubt where nobody knows whether it was done.
 * @throws the signal's reason, and nothing else
 */
export async function send(
  target: TargetWriter,
  endpoint: string,
  write: Write,
  signal: AbortSignal,
): Promise<WriteOutcome> {
  failPoint('write.before');
  const outcome = await attempt(target, endpoint, write, signal);
  failPoint('write.after');
  return outcome;
}

async function attempt(
  target: TargetWriter,
  endpoint: string,
  write: Write,
  signal: AbortSignal,
): Promise<WriteOutcome> {
  try {
    return { kind: 'done', targetId: await sendWrite(target, endpoint, write, signal) };
  } catch (error) {
    signal.throwIfAborted();
    const fault = toProblem(error);
    const unknown = fault.kind === 'unavailable' || fault.kind === 'internal';
    return { kind: unknown ? 'inDoubt' : 'refused', problem: fault };
  }
}

async function sendWrite(
  target: TargetWriter,
  endpoint: string,
  write: Write,
  signal: AbortSignal,
): Promise<string | null> {
  switch (write.kind) {
    case 'create':
      return (await target.create(endpoint, write.resource, signal)).id;
    case 'patch':
      await target.patch(endpoint, write.id, write.changes, signal);
      return write.id;
    case 'delete':
      await target.delete(endpoint, write.id, signal);
      return write.id;
  }
}
