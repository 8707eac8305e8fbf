import type { Registration } from '../../runtime/registration.ts';
import { watchSearches } from '../../types/text/script-regex.ts';
import type { Request } from '../protocol.ts';
import { RunBudget } from '../run-budget.ts';
import { AnswerPipe, CancelLine, RequestPipe } from './pipes.ts';
import { Server } from './server.ts';
import { WebLine } from './web-line.ts';

const nothing = { milliseconds: 0, callDepth: 0, valueBytes: 0, memoryBytes: 0, outputBytes: 0 };

/**
 * The child process in which scripts run: takes requests, one after the other, and answers them until its parent is gone.
 * The last thing that the entry of such a process does; it does not return.
 * @param registration what its scripts find beside the language's own
 */
export function serveScripts(registration: Registration = {}): never {
  const pipe = new AnswerPipe((milliseconds) => budget.excuse(milliseconds));
  const cancel = new CancelLine();
  const budget = new RunBudget(nothing, {
    memoryBytes: () => process.memoryUsage.rss(),
    isCancelled: () => cancel.isCancelled(),
    onLook: () => pipe.flushOld(),
  });
  watchSearches(budget);
  const requests = new RequestPipe();
  const server = new Server(pipe, budget, new WebLine(pipe, requests, budget), registration);
  pipe.send({ type: 'ready' });
  pipe.flush();
  for (let request = requests.next(); request !== undefined; request = requests.next()) {
    // Requests come from the program that started this process, over a pipe that nobody else has.
    server.take(request as Request);
    pipe.flush();
  }
  process.exit();
}
