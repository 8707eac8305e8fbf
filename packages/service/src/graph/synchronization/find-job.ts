import { type Job, type JobKey, readJob } from '@joinery/engine';
import { problem } from '@joinery/problems';
import type { Queries } from '@joinery/store';
import { Type } from 'typebox';

/** The path of a job: job ids hold dots and are opaque (graph sheet 16). */
export const jobParams = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 100 }),
  jobId: Type.String({ minLength: 1, maxLength: 300 }),
});

/**
 * A job of a service principal.
 * @throws ENGINE_JOB_UNKNOWN also for a job of another service principal
 */
export async function findJob(queries: Queries, key: JobKey, servicePrincipalId: string): Promise<Job> {
  const job = await readJob(queries, key);
  if (job.servicePrincipalId === servicePrincipalId.toLowerCase()) return job;
  throw problem('ENGINE_JOB_UNKNOWN', `There is no synchronization job ${key.jobId} here.`);
}
