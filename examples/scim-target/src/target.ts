import { problem } from '@joinery/problems';
import { bearerToken, type Clock, createToken, hashToken, type Random, TokenCheck } from '@joinery/runtime';
import { type ScimProfile, scimErrorHandler, scimServer } from '@joinery/scim';
import { fastify } from 'fastify';
import { openStore, type StoreName } from './stores.ts';

export interface TargetOptions {
  readonly store: StoreName;
  /** Users to preload. */
  readonly users: number;
  /** 0 takes a free port. */
  readonly port: number;
  readonly profile: ScimProfile;
  readonly clock: Clock;
  readonly random: Random;
  /** A folder in which stores may keep files until the target is closed. */
  readonly temporaryFolder: string;
  /** The database of the store `postgres`. */
  readonly databaseUrl: string | undefined;
  /** Ends a start that takes long, such as that with a million users. */
  readonly signal: AbortSignal;
}

export interface Target {
  /** The SCIM root, e.g. `http://127.0.0.1:40123/scim`. */
  readonly base: string;
  readonly token: string;
  close(): Promise<void>;
}

/** Where the target listens: a server that hands its token to standard output is nobody's but this machine's. */
const loopback = '127.0.0.1';

/**
 * Starts the SCIM server of `@joinery/scim` over a store, with core users, enterprise users and groups, on loopback.
 * @throws CLI_USAGE when the port is taken, or the store cannot be had as it is asked for
 */
export async function startTarget(options: TargetOptions): Promise<Target> {
  const { clock, random, signal } = options;
  const token = createToken(random);
  const tokens = new TokenCheck([await hashToken(token, random)], random);
  const { users: count, ...request } = options;
  const store = await openStore[options.store]({ ...request, count });
  const app = fastify({ frameworkErrors: scimErrorHandler('scim') });
  const close = async (): Promise<void> => {
    await app.close();
    await store.close();
  };
  try {
    await app.register(scimServer, {
      prefix: '/scim',
      resourceTypes: store.resourceTypes,
      storage: store.storage,
      clock,
      authenticate({ headers }) {
        const verdict = tokens.check(bearerToken(headers.authorization) ?? '');
        if (typeof verdict === 'boolean') return admit(verdict);
        return verdict.then(admit);
      },
    });
    signal.throwIfAborted();
    const address = await listen(app, options.port);
    return { base: `${address}/scim`, token, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function listen(app: ReturnType<typeof fastify>, port: number): Promise<string> {
  try {
    return await app.listen({ host: loopback, port });
  } catch (cause) {
    throw problem('CLI_USAGE', `the port ${port} cannot be used.`, { cause, place: '--port' });
  }
}

/** @throws SCIM_UNAUTHORIZED */
function admit(right: boolean): void {
  if (!right) throw problem('SCIM_UNAUTHORIZED', 'The bearer token is missing or not the one this target printed.');
}
