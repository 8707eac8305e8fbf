import { workerData } from 'node:worker_threads';
import { toSpaceProblem } from '../sqlite-error.ts';
import { answerCalls } from '../worker-calls.ts';
import type { ReaderCalls, ReaderData } from './calls.ts';
import { spaceReader } from './space-reader.ts';

/* Whatever may touch many rows runs in this thread, which is given up when it takes too long. */
const data: ReaderData = workerData;
answerCalls<ReaderCalls>(
  () => spaceReader(data),
  (error) => toSpaceProblem(error, data.path),
);
