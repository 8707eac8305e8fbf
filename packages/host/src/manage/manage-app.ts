import { isProblem, type Problem, problem, toJsonError, toProblem } from '@joinery/problems';
import { createHttpApp, type Logger, type Random } from '@joinery/runtime';
import type { FastifyError, FastifyInstance } from 'fastify';
import { RUN_PROFILES, type RunProfileName } from '../configuration/run-profiles.ts';
import type { Host } from '../host.ts';
import type { ConnectorStatus } from '../hosted-connector.ts';
import { ALIASES_PER_PAGE } from '../space/space.ts';
import {
  type AliasesAnswer,
  connectorAnswer,
  type HistoryAnswer,
  type StartedRun,
  type StatusAnswer,
} from './answers.ts';
import type { Authorizes } from './manage-token.ts';
import { StartedRuns } from './started-runs.ts';

/** The path of the management API. */
export const MANAGE_ROOT = '/manage/v1';

/** Runs of the history that one answer may hold. */
const MOST_RUNS = 1000;

export interface ManageOptions {
  /** The host that is managed, once it answers. */
  readonly host: Promise<Host>;
  readonly authorizes: Authorizes;
  readonly random: Random;
  readonly logger: Logger;
}

interface Named {
  readonly Params: { readonly name: string };
}

/** What an administrator can see and do while the host runs, for whoever holds the token of this start. */
export async function createManageApp({ host, authorizes, random, logger }: ManageOptions): Promise<FastifyInstance> {
  const app = createHttpApp({ random });
  const started = new StartedRuns(random);

  app.addHook('onRequest', async (request) => {
    if (authorizes(request.headers.authorization)) return;
    throw problem('HOST_MANAGE_DENIED', 'The request carries no token, or not the one of this start of the host.');
  });
  app.setNotFoundHandler(async () => {
    throw problem('HOST_PATH_UNKNOWN', 'There is nothing at this address of the management.');
  });
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    const fault = faultOf(error);
    if (fault.code === 'RUNTIME_INTERNAL') logger.error({ error, url: request.url }, 'a request to manage failed');
    // RFC 9110 15.5.2
    if (fault.status === 401) reply.header('www-authenticate', 'Bearer realm="manage"');
    return reply.code(fault.status).send(toJsonError(fault));
  });

  app.get(`${MANAGE_ROOT}/status`, async (): Promise<StatusAnswer> => {
    const running = await host;
    const connectors = running.connectors.map((each) => connectorAnswer(each, running.urlOf(each.name)));
    return { url: running.url, connectors };
  });

  app.get<Named & { Querystring: { limit?: string } }>(
    `${MANAGE_ROOT}/connectors/:name/history`,
    async (request): Promise<HistoryAnswer> => {
      const limit = Number(request.query.limit ?? 20);
      if (!Number.isSafeInteger(limit) || limit < 1 || limit > MOST_RUNS) {
        throw problem('HOST_MANAGE_INVALID', `"limit" takes a whole number from 1 to ${MOST_RUNS}.`);
      }
      return { runs: await (await host).history(request.params.name, limit, new AbortController().signal) };
    },
  );

  app.post<Named & { Body: { profile: RunProfileName } }>(
    `${MANAGE_ROOT}/connectors/:name/runs`,
    { schema: { body: exactly({ profile: { enum: RUN_PROFILES } }) } },
    async (request, reply): Promise<StartedRun> => {
      const { name } = request.params;
      const running = await host;
      serving(running, name);
      const run = started.add(name, running.run(name, request.body.profile));
      reply.code(202);
      return started.get(name, run, 0);
    },
  );

  app.post<Named>(`${MANAGE_ROOT}/connectors/:name/accept`, async (request, reply): Promise<StartedRun> => {
    const { name } = request.params;
    const running = await host;
    serving(running, name);
    const run = started.add(name, running.accept(name));
    reply.code(202);
    return started.get(name, run, 0);
  });

  app.get<{ Params: { name: string; run: string } }>(
    `${MANAGE_ROOT}/connectors/:name/runs/:run`,
    async (request): Promise<StartedRun> => {
      const { name, run } = request.params;
      return started.get(name, run, statusOf(await host, name).running?.objects ?? 0);
    },
  );

  app.post<{ Body: { on: boolean; connector?: string } }>(
    `${MANAGE_ROOT}/read-only`,
    { schema: { body: { ...exactly({ on: { type: 'boolean' }, connector: { type: 'string' } }), required: ['on'] } } },
    async (request, reply) => {
      const { on, connector } = request.body;
      await (await host).setReadOnly(connector, on);
      return reply.code(204).send();
    },
  );

  app.delete<{ Params: { name: string; write: string } }>(
    `${MANAGE_ROOT}/connectors/:name/doubts/:write`,
    async (request, reply) => {
      const { name, write } = request.params;
      const running = await host;
      if (!serving(running, name).inDoubt.some(({ identifier }) => identifier === write)) {
        throw problem('HOST_DOUBT_UNKNOWN', `No write "${write.slice(0, 64)}" of "${name}" is without an outcome.`);
      }
      await running.forgetDoubt(name, write);
      return reply.code(204).send();
    },
  );

  app.delete<{ Params: { name: string; id: string } }>(
    `${MANAGE_ROOT}/connectors/:name/passwords/:id`,
    async (request, reply) => {
      const { name, id } = request.params;
      const running = await host;
      if (!serving(running, name).passwordUnknown.some((each) => each.id === id)) {
        throw problem('HOST_PASSWORD_KNOWN', `The password of "${id.slice(0, 64)}" is not among the unknown ones.`);
      }
      await running.acknowledgePassword(name, id);
      return reply.code(204).send();
    },
  );

  app.get<Named & { Querystring: { after?: string } }>(
    `${MANAGE_ROOT}/connectors/:name/aliases`,
    async (request): Promise<AliasesAnswer> => {
      const { after = '' } = request.query;
      return { aliases: await (await host).aliases(request.params.name, after, new AbortController().signal) };
    },
  );

  app.post<Named & { Body: AliasesAnswer }>(
    `${MANAGE_ROOT}/connectors/:name/aliases`,
    { schema: { body: exactly({ aliases: { type: 'array', maxItems: ALIASES_PER_PAGE, items: ALIAS } }) } },
    async (request, reply) => {
      await (await host).takeAliases(request.params.name, request.body.aliases);
      return reply.code(204).send();
    },
  );

  await app.ready();
  return app;
}

const ALIAS = exactly({ identity: { type: 'string' }, id: { type: 'string' } });

/** @throws HOST_CONNECTOR_UNKNOWN */
function statusOf(host: Host, name: string): ConnectorStatus {
  const status = host.connectors.find((each) => each.name === name);
  if (status !== undefined) return status;
  throw problem('HOST_CONNECTOR_UNKNOWN', `There is no connector "${name.slice(0, 64)}".`);
}

/** @throws HOST_CONNECTOR_UNKNOWN, and the connector's own problem when it does not serve */
function serving(host: Host, name: string): ConnectorStatus {
  const status = statusOf(host, name);
  if (status.problem !== undefined) throw status.problem;
  return status;
}

function exactly(properties: Readonly<Record<string, object>>): object {
  return { type: 'object', additionalProperties: false, required: Object.keys(properties), properties };
}

/** Fastify's own faults are the caller's: a body that is no JSON, or not what the route takes. */
function faultOf(error: FastifyError): Problem {
  if (isProblem(error)) return error;
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return problem('HOST_MANAGE_INVALID', `${error.message}.`, { cause: error });
  }
  return toProblem(error);
}
