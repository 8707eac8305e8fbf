import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Later } from '../folder.ts';
import { type Authority, type KeyPair, makeAuthority } from './certificates.ts';
import type { Account, Directory } from './directory.ts';
import { listening, ownAddress } from './loopback.ts';
import { run } from './run-program.ts';
import { removeServerFolder, serverFolder, smallFileSystem } from './server-folder.ts';
import { type ServerProcess, startProcess } from './server-process.ts';
import {
  mainDatabase,
  mainNumber,
  type Overlay,
  type SlapdConfig,
  slapdConfig,
  USUAL_INDEXES,
} from './slapd-config.ts';

const PORT = 3389;
const LDAPS_PORT = 3636;

/** What an OpenLDAP server has beyond every directory. */
export interface OpenLdap extends Directory {
  readonly kind: 'OpenLDAP';
  /** A service account whose limits the administrator lifted. */
  readonly unlimited: Account;
  /** A client certificate that SASL EXTERNAL maps to `admin`. */
  readonly clientCertificate: KeyPair;
  /** The socket where the account that runs the tests may change `cn=config` by `-Y EXTERNAL`. */
  readonly ldapiUrl: string;
  /** The folder of `cn=config`, for `slapadd -F` and `slapcat -F`. */
  readonly configFolder: string;
  /** The number of the database that holds the suffix. */
  readonly databaseNumber: number;
  /** The entry of that database in `cn=config`. */
  readonly databaseEntry: string;
}

export interface SlapdOptions {
  /** Whether it waits for the disk at every write, as production does, with its files on a disk; no by default. */
  readonly durable?: boolean;
  /** The limit for accounts without limits of their own; 500 by default, as slapd's. */
  readonly sizeLimit?: number | 'unlimited';
  /** Whether it keeps `cn=accesslog`; yes by default. */
  readonly accessLog?: boolean;
  /** Whether it hashes passwords that arrive in clear; no by default. */
  readonly hashCleartext?: boolean;
  readonly overlays?: readonly Overlay[];
  /** Further lines of the main database's entry in `cn=config`. */
  readonly settings?: readonly string[];
  readonly indexes?: readonly string[];
  /** Puts the main database on a file system of this many bytes, which can be filled. */
  readonly diskBytes?: number;
  /** LDIF that is loaded before the first start. */
  readonly entries?: string;
}

/** A slapd of one test's own, which may do to it what it likes. */
export interface Slapd extends OpenLdap {
  /** Issues further certificates, for servers and clients. */
  readonly authority: Authority;
  /** Where the main database's files are. */
  readonly databaseFolder: string;
  /** The process at this moment. */
  processId(): number;
  /** Stops it in order. */
  stop(): Promise<void>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  /** Starts it again after `stop` or `kill`, at the same ports with the same data. */
  start(): Promise<void>;
  restart(): Promise<void>;
  /** It goes on holding its connections and answers nothing more, from the return on. */
  freeze(): void;
  thaw(): void;
  /** Takes another certificate, from the next start on. */
  useCertificate(certificate: KeyPair): Promise<void>;
}

/**
 * Starts an OpenLDAP server with the configuration of LDAP sheet 8.2 and removes it afterwards.
 * The suffix holds `ou=people`, `ou=groups`, `ou=services` with the accounts, and `ou=policies` with a policy that allows locking.
 */
export async function startSlapd(options: SlapdOptions = {}, later: Later = onTestFinished): Promise<Slapd> {
  const folder = await serverFolder(options.durable);
  let server: ServerProcess | undefined;
  later(async () => {
    server?.signal('SIGKILL');
    await server?.exited;
    removeServerFolder(folder);
  });
  const host = await ownAddress([PORT, LDAPS_PORT]);
  const authority = await makeAuthority(folder);
  // The tools of OpenLDAP take `localhost` for the machine's own name (LDAP sheet 8.1).
  const certificate = await authority.server('server', ['localhost', hostname(), host, '127.0.0.1']);
  const clientCertificate = await authority.client('client', '/DC=lab/DC=contoso/CN=connector');
  const databaseFolder =
    options.diskBytes === undefined ? join(folder, 'db') : smallFileSystem(folder, 'db', options.diskBytes);
  const config = configuration(folder, databaseFolder, authority.caFile, certificate, options);
  const configFolder = join(folder, 'config');
  for (const one of [configFolder, databaseFolder, join(folder, 'log-db')]) mkdirSync(one, { recursive: true });
  await load(folder, configFolder, 0, slapdConfig(config));
  const databaseNumber = mainNumber(config);
  await load(folder, configFolder, databaseNumber, `${firstEntries(config)}\n${options.entries ?? ''}`);
  const ldapiUrl = `ldapi://${encodeURIComponent(join(folder, 'ldapi'))}`;
  const start = async (): Promise<void> => {
    const urls = `ldap://${host}:${PORT}/ ldaps://${host}:${LDAPS_PORT}/ ${ldapiUrl}`;
    const started = await startProcess(folder, '/usr/sbin/slapd', ['-d', 'none', '-F', configFolder, '-h', urls]);
    server = started;
    await listening(host, LDAPS_PORT, started.failure);
  };
  await start();
  const running = (): ServerProcess => {
    if (server === undefined) throw new Error('This slapd is not running.');
    return server;
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ending = running();
    // A frozen process takes no other signal than the one that kills.
    ending.signal('SIGCONT');
    ending.signal(signal);
    await ending.exited;
  };
  return {
    kind: 'OpenLDAP',
    host,
    port: PORT,
    ldapsPort: LDAPS_PORT,
    url: `ldap://${host}:${PORT}`,
    ldapsUrl: `ldaps://${host}:${LDAPS_PORT}`,
    ldapiUrl,
    caFile: authority.caFile,
    suffix: config.suffix,
    admin: { dn: config.adminDn, password: config.adminPassword },
    account: { dn: config.accountDn, password: PASSWORD },
    unlimited: { dn: config.unlimitedDn, password: PASSWORD },
    clientCertificate,
    pid: running().pid,
    folder,
    configFolder,
    databaseNumber,
    databaseEntry: mainDatabase(config),
    authority,
    databaseFolder,
    processId: () => running().pid,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    start,
    restart: async () => {
      await end('SIGTERM');
      await start();
    },
    freeze: () => freeze(running()),
    thaw: () => running().signal('SIGCONT'),
    useCertificate: ({ certFile, keyFile }) => changeFiles(configFolder, certFile, keyFile),
  };
}

const PASSWORD = 'secret';

/** Stops a process, and waits until each of its threads has stopped: the signal only asks for it. */
function freeze({ pid, signal }: ServerProcess): void {
  signal('SIGSTOP');
  const threads = `/proc/${pid}/task`;
  const stopped = (thread: string): boolean => {
    const stat = `${threads}/${thread}/stat`;
    // A thread may end meanwhile.
    return existsSync(stat) && /\) [Tt] /.test(readFileSync(stat, 'latin1'));
  };
  const deadline = performance.now() + 5_000;
  while (existsSync(threads) && !readdirSync(threads).every(stopped)) {
    if (performance.now() > deadline) throw new Error(`The process ${pid} does not stop.`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
  }
}

function configuration(
  folder: string,
  database: string,
  caFile: string,
  certificate: KeyPair,
  options: SlapdOptions,
): SlapdConfig {
  const suffix = 'dc=contoso,dc=lab';
  return {
    folder,
    database,
    suffix,
    adminDn: `cn=admin,${suffix}`,
    adminPassword: PASSWORD,
    accountDn: `cn=limited,ou=services,${suffix}`,
    unlimitedDn: `cn=connector,ou=services,${suffix}`,
    caFile,
    certificate,
    sizeLimit: options.sizeLimit ?? 500,
    durable: options.durable ?? false,
    accessLog: options.accessLog ?? true,
    hashCleartext: options.hashCleartext ?? false,
    // An address range, not a file size, but a file system that has to fill must be the smaller of the two.
    maxBytes: Math.max(8_589_934_592, options.diskBytes ?? 0),
    indexes: options.indexes ?? USUAL_INDEXES,
    overlays: options.overlays ?? [],
    settings: options.settings ?? [],
  };
}

function firstEntries({ suffix }: SlapdConfig): string {
  const account = (name: string): string =>
    `dn: cn=${name},ou=services,${suffix}\nobjectClass: organizationalRole\nobjectClass: simpleSecurityObject\ncn: ${name}\nuserPassword: ${PASSWORD}\n`;
  const unit = (name: string): string => `dn: ou=${name},${suffix}\nobjectClass: organizationalUnit\nou: ${name}\n`;
  return [
    `dn: ${suffix}\nobjectClass: dcObject\nobjectClass: organization\ndc: contoso\no: Contoso\n`,
    ...['people', 'groups', 'services', 'policies'].map(unit),
    account('connector'),
    account('limited'),
    // Without pwdLockout the overlay ignores pwdAccountLockedTime.
    `dn: cn=default,ou=policies,${suffix}\nobjectClass: device\nobjectClass: pwdPolicy\ncn: default\npwdAttribute: userPassword\npwdLockout: TRUE\npwdAllowUserChange: TRUE\n`,
  ].join('\n');
}

async function load(folder: string, configFolder: string, database: number, ldif: string): Promise<void> {
  const file = join(folder, `load-${database}.ldif`);
  writeFileSync(file, ldif, { mode: 0o600 });
  await run('/usr/sbin/slapadd', ['-q', '-n', String(database), '-F', configFolder, '-l', file]);
}

/** Changes the files of `cn=config` through slapmodify, since the server may be down. */
async function changeFiles(configFolder: string, certFile: string, keyFile: string): Promise<void> {
  await run('/usr/sbin/slapmodify', ['-n', '0', '-F', configFolder], {
    input: `dn: cn=config\nchangetype: modify\nreplace: olcTLSCertificateFile\nolcTLSCertificateFile: ${certFile}\n-\nreplace: olcTLSCertificateKeyFile\nolcTLSCertificateKeyFile: ${keyFile}\n`,
  });
}
