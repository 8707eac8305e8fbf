import { openDatabase, openQueues, type QueueDefinition } from '../../src/index.ts';

/** Sends itself a job and never ends it. */
const database = await openDatabase({ folder: process.argv[2] ?? '' });
const queues = await openQueues(database);
const queue: QueueDefinition<{ page: number }> = {
  name: 'pages',
  parse: () => ({ page: 1 }),
  handler: async () => {
    process.stdout.write('working\n');
    await Promise.withResolvers<void>().promise;
  },
  retryDelaySeconds: 1,
};
await queues.add(queue);
await queues.send(database.drizzle, queue, { page: 1 });
setInterval(() => {}, 1_000);
