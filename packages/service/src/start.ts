import { createHmac } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openDirectory } from '@joinery/directory';
import { releaseClaims } from '@joinery/engine';
import {
  type Clock,
  type Logger,
  listenerCertificate,
  listenTls,
  loadSettings,
  type Random,
  Redactor,
  type Settings,
  type SettingsSources,
  silentLogger,
  systemClock,
  systemRandom,
  writeFault,
} from '@joinery/runtime';
import { migrate, openDatabase, openQueues } from '@joinery/store';
import { ensureAdministrator } from './access/first-administrator.ts';
import { storedTokenAuthenticator } from './access/stored-tokens.ts';
import { CredentialStore } from './credentials/credential-store.ts';
import { openVaultKey } from './credentials/vault-key.ts';
import { CycleRuns } from './cycles/cycle-runs.ts';
import { createServiceApp } from './http/create-app.ts';
import { serviceMigrations } from './migrations.ts';
import { SkipTokens } from './odata/skip-token.ts';
import { installRoutes } from './routes.ts';
import { serviceSettings } from './settings.ts';
import { version } from './version.ts';

export interface ServiceOptions {
  /** Folder for everything that is not in the database: settings, key, certificate, token; and the embedded database. */
  readonly home: string;
  /** Usually `process.env`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Settings that stand above environment and file, by name. */
  readonly overrides?: SettingsSources['overrides'];
  /** How many following ports to try when the port is taken; 0 where left out. */
  readonly nextPorts?: number;
  readonly clock?: Clock;
  readonly random?: Random;
  readonly logger?: Logger;
  /** The one that the logger redacts by. */
  readonly redactor?: Redactor;
  /** Ends the start; afterwards the service is ended by `close`. */
  readonly signal: AbortSignal;
}

export interface Service {
  /** `https://host:port` */
  readonly url: string;
  /** PEM of the listener's certificate: what a client on this machine trusts. */
  readonly certificate: string;
  /** The first administrator's token, where this start made it; it stands in `<home>/admin-token` too. */
  readonly adminToken: string | undefined;
  /** Ends requests and cycles in order; a cycle that is cut off goes on at the next start. May be called twice. */
  close(): Promise<void>;
}

/**
 * Starts the provisioning service: database, migrations, queues, HTTPS.
 * @throws RUNTIME_SETTING_*, STORE_* (a database of a newer version, a folder in use, a refused login), RUNTIME_PORT_TAKEN,
 *   RUNTIME_CERTIFICATE_*, RUNTIME_VAULT_KEY_*, SERVICE_SECRET_KEY_WRONG, RUNTIME_FILE_UNWRITABLE
 */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { home, env, signal, overrides = {}, nextPorts = 0 } = options;
  const { clock = systemClock, random = systemRandom, logger = silentLogger, redactor = new Redactor() } = options;
  const file = join(home, 'service.yaml');
  const settings = loadSettings(serviceSettings, { file, fileMayBeMissing: true, env, overrides });
  if (settings.databaseUrl !== null) redactor.register(settings.databaseUrl);
  await mkdir(home, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw writeFault(home, error);
  });
  const certificate = await listenerCertificate(settings, {
    certificateFile: join(home, 'certs', 'service.pem'),
    keyFile: join(home, 'certs', 'service-key.pem'),
    clock,
    random,
  });
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const step of closers.splice(0).reverse()) await step();
  };
  try {
    const database = await openDatabase(locationOf(settings, home), { clock, random, logger, signal });
    closers.push(() => database.close());
    await migrate(database, serviceMigrations, { version, clock, logger, signal });
    // The embedded database belongs to one process: whoever claimed an object before this start is dead.
    if (database.engine === 'pglite') await releaseClaims(database.drizzle);
    const key = await openVaultKey({ queries: database.drizzle, home, env, random });
    const directory = openDirectory({ database, clock, random });
    await directory.scim.renderMissing(signal);
    const { tenantName } = settings;
    const adminToken = await ensureAdministrator({
      database,
      directory,
      home,
      tenantName,
      clock,
      random,
      redactor,
      signal,
    });
    const queues = await openQueues(database, { logger });
    closers.push(() => queues.stop());
    const credentials = new CredentialStore(database, key, random, redactor);
    const cycleMinutes = settings.cycleInterval;
    const shared = { database, directory, credentials, clock, random, logger, cycleMinutes };
    const cycles = new CycleRuns({ ...shared, queues });
    const skipTokens = new SkipTokens(createHmac('sha256', key.sealKey()).update('skip tokens').digest());
    const app = createServiceApp(clock, random, logger);
    const authenticators = [await storedTokenAuthenticator(database, random)];
    installRoutes(app, { ...shared, cycles, skipTokens }, authenticators);
    await cycles.start();
    const { address: host, port } = settings;
    const listener = await listenTls({ app, host, port, nextPorts, certificate, clock });
    closers.push(() => listener.close());
    logger.info({ url: listener.url }, 'the service is ready');
    return { url: listener.url, certificate: certificate.certificate, adminToken, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function locationOf(settings: Settings<typeof serviceSettings>, home: string): Parameters<typeof openDatabase>[0] {
  return settings.databaseUrl === null ? { folder: join(home, 'database') } : { url: settings.databaseUrl };
}
