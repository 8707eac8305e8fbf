import { workerData } from 'node:worker_threads';
import { toSpaceProblem } from '../sqlite-error.ts';
import { answerCalls } from '../worker-calls.ts';
import type { WriterCalls, WriterData } from './calls.ts';
import { spaceWriter } from './space-writer.ts';

/*
 * The one writer of a space file. SQLite has one writer at a time and a second one waits in vain (design decision 2), so
 * every change is a call to this thread, and calls are answered in order.
 */
const data: WriterData = workerData;
answerCalls<WriterCalls>(
  () => spaceWriter(data),
  (error) => toSpaceProblem(error, data.path),
);
