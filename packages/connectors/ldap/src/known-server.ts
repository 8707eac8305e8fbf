import type { ConnectorContext } from '@joinery/connector';
import { withDeadline } from '@joinery/runtime';
import { checkAgainstSchema } from './configuration/check-against-schema.ts';
import type { LdapSettings } from './configuration/settings.ts';
import type { Directory } from './connection/connection.ts';
import { profileWith } from './detection/corrected-profile.ts';
import { detect } from './detection/detect.ts';
import type { ServerProfile } from './detection/profile.ts';
import { readRootDse } from './detection/read-root-dse.ts';
import type { DirectorySchema } from './schema/directory-schema.ts';
import { readSchema } from './schema/read-schema.ts';

/** What is known of the server that answers. */
export interface Knowledge {
  readonly profile: ServerProfile;
  readonly schema: DirectorySchema;
}

/**
 * Milliseconds for which it is taken that a server is as it was: it may be upgraded, or its schema extended. A host asks for the schema
 * before every import, also before a delta import each minute, which is to cost a search and not a schema.
 */
const KEPT_MS = { recent: 300_000, kept: 3_600_000, fresh: 0 } as const;

/** Looks at the server once, and again after a while; who asks meanwhile shares what was found. */
export class KnownServer {
  readonly #directory: Directory;
  readonly #settings: LdapSettings;
  readonly #context: ConnectorContext;
  readonly #closing = new AbortController();
  /** Warnings that are in the log already. */
  readonly #told = new Set<string>();
  #latest: { readonly knowledge: Promise<Knowledge>; readonly since: number } | undefined;

  constructor(directory: Directory, settings: LdapSettings, context: ConnectorContext) {
    this.#directory = directory;
    this.#settings = settings;
    this.#context = context;
  }

  /**
   * @param how old what was found may be: `fresh` looks again in any case
   * @throws LDAP_SERVER_UNREACHABLE and what else keeps a connection from being made, LDAP_SCHEMA_UNREADABLE,
   *   CONNECTOR_CONFIGURATION_INVALID, RUNTIME_DEADLINE after the Connection Timeout (L12), the signal's reason
   */
  async knowledge(how: keyof typeof KEPT_MS, signal: AbortSignal): Promise<Knowledge> {
    signal.throwIfAborted();
    const now = this.#context.clock.monotonic();
    if (this.#latest === undefined || now - this.#latest.since >= KEPT_MS[how]) {
      const knowledge = this.#look();
      const latest = { knowledge, since: now };
      this.#latest = latest;
      knowledge.catch(() => {
        if (this.#latest === latest) this.#latest = undefined;
      });
    }
    return await whileWanted(this.#latest.knowledge, signal);
  }

  /** Ends what is under way. */
  close(reason: unknown): void {
    this.#closing.abort(reason);
  }

  async #look(): Promise<Knowledge> {
    const { connectionTimeoutMs } = this.#settings.connection;
    const { clock, logger } = this.#context;
    const { signal: closing } = this.#closing;
    await using connection = await this.#directory.connect('schema', closing);
    return await withDeadline(clock, connectionTimeoutMs, 'Reading the schema', closing, async (signal) => {
      const rootDse = await readRootDse(connection, signal);
      const schema = await readSchema(connection, rootDse, signal);
      checkAgainstSchema(this.#settings, schema);
      const profile = profileWith(detect(rootDse, schema, connection.server), this.#settings);
      for (const warning of profile.warnings) {
        if (!this.#told.has(warning)) logger.warn({}, warning);
        this.#told.add(warning);
      }
      return { profile, schema };
    });
  }
}

/** One who no longer waits does not end what others wait for. */
function whileWanted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const stop = (): void => reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  return promise;
}
