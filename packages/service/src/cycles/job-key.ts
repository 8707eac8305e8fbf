import type { JobKey } from '@joinery/engine';
import { problem } from '@joinery/problems';

/** The job that a queue entry is about. */
export function parseJobKey(payload: unknown): JobKey {
  if (typeof payload === 'object' && payload !== null && 'tenantId' in payload && 'jobId' in payload) {
    const { tenantId, jobId } = payload;
    if (typeof tenantId === 'string' && typeof jobId === 'string') return { tenantId, jobId };
  }
  throw problem('SERVICE_QUEUE_PAYLOAD', 'A queued cycle does not name its job.');
}

/** A job's key as one text. */
export function jobKeyText({ tenantId, jobId }: JobKey): string {
  return `${tenantId}/${jobId}`;
}
