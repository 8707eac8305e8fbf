import { Readable } from 'node:stream';
import { problem } from '@joinery/problems';
import { type Clock, createHttpApp, type Logger, type Random } from '@joinery/runtime';
import { requestRate, scimErrorHandler, scimServer } from '@joinery/scim';
import type { FastifyInstance } from 'fastify';
import type { BearerCheck } from '../auth/bearer-check.ts';
import type { HostSettings } from '../configuration/settings.ts';
import { scimRoot } from '../listener/dispatch.ts';
import type { Shape } from '../object/shape.ts';
import type { Schedule } from '../runs/schedule.ts';
import type { Space } from '../space/space.ts';
import type { ConnectorStorage } from './storage.ts';

export interface ScimAppOptions {
  readonly shape: Shape;
  readonly storage: ConnectorStorage;
  readonly schedule: Schedule;
  readonly space: Space;
  readonly bearer: BearerCheck;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly settings: Pick<HostSettings, 'requestBodySize' | 'requestsPerSecond' | 'requestBurst'>;
}

/** Longest time one caller may take to read the whole cache. */
const CACHE_MS = 600_000;

/** The HTTP application of one connector, below `/ecma2host_<name>/scim`. */
export async function createScimApp(options: ScimAppOptions): Promise<FastifyInstance> {
  const { shape, storage, bearer, clock, random, logger, settings } = options;
  const { name } = shape.file;
  const bodyBytes = settings.requestBodySize;
  // A connector has one token, so its callers are one caller.
  const admit = requestRate({ perSecond: settings.requestsPerSecond, burst: settings.requestBurst, clock });
  const app = createHttpApp({ random, parseQuery: false, requestIds: false, limits: { bodyBytes } });
  app.setErrorHandler(scimErrorHandler(name, logger));
  await app.register(scimServer, {
    prefix: scimRoot(name),
    resourceTypes: shape.types.map(({ resourceType }) => resourceType),
    storage,
    authenticate: bearer.check,
    admit,
    clock,
    logger,
    realm: name,
    // Host sheet 13.1 (5): PATCH answers with the resource. A group may be large, and Entra wants 204 for it (dialect sheet 2.5).
    patchAnswers: ({ name }) => (name === 'Group' ? 'nothing' : 'resource'),
    // The original has no bulk, and Entra sends none (dialect sheet 1.1).
    limits: { bodyBytes, ...(shape.file.features.has('bulk') ? {} : { bulkOperations: 0 }) },
  });
  app.get(
    `${scimRoot(name)}/cache`,
    {
      onRequest: async (request) => {
        await bearer.check(request);
        admit(request);
      },
    },
    async (_request, reply) => {
      options.schedule.gate();
      return reply.type('application/json; charset=utf-8').send(Readable.from(cacheDocument(options)));
    },
  );
  await app.ready();
  return app;
}

/** Host sheet 13.1 (2): a JSON array of every resource, `[]` when there is none; a page at a time, whatever the number. */
async function* cacheDocument({ space, clock }: ScimAppOptions): AsyncGenerator<string> {
  const deadline = new AbortController();
  const stop = clock.timer(CACHE_MS, () =>
    deadline.abort(problem('RUNTIME_DEADLINE', `The cache was not read within ${CACHE_MS} ms.`)),
  );
  try {
    let separator = '';
    yield '[';
    for await (const documents of space.documents(deadline.signal)) {
      yield separator + documents.join(',\n');
      separator = ',\n';
    }
    yield ']';
  } finally {
    stop();
  }
}
