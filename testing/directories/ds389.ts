import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { basename, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Later } from '../folder.ts';
import { type KeyPair, makeAuthority } from './certificates.ts';
import { ldapadd, ldapmodify } from './commands.ts';
import type { Account, Directory } from './directory.ts';
import { listening, ownAddress } from './loopback.ts';
import { run } from './run-program.ts';
import { removeServerFolder, serverFolder } from './server-folder.ts';
import { startProcess } from './server-process.ts';

const PORT = 4389;
const LDAPS_PORT = 4636;
const SUFFIX = 'dc=contoso,dc=lab';
const TEMPLATE = '/usr/share/dirsrv/data/template-dse.ldif';

/** What a 389 Directory Server has beyond every directory. */
export interface Ds389 extends Directory {
  readonly kind: '389';
  /** A service account whose limits the administrator lifted. */
  readonly unlimited: Account;
}

/**
 * Starts a 389 Directory Server with its retro change log (LDAP sheet 8.3), and removes it afterwards.
 * `dscreate` takes 12 s and writes all over the system; a configuration made from the package's own template starts in one second and
 * stays in its folder.
 */
export async function startDs389(later: Later = onTestFinished): Promise<Ds389> {
  const folder = await serverFolder();
  // The semaphore of its statistics is called after its configuration's folder: two runs must not share one.
  const config = join(folder, `slapd-${basename(folder)}`);
  later(async () => {
    removeServerFolder(folder);
    rmSync(`/dev/shm/sem.${basename(config)}.stats`, { force: true });
  });
  const host = await ownAddress([PORT, LDAPS_PORT]);
  const authority = await makeAuthority(folder);
  const certificate = await authority.server('server', ['localhost', hostname(), host, '127.0.0.1']);
  const user = process.getuid?.() === 0 ? 'dirsrv' : userInfo().username;
  for (const name of [basename(config), 'db', 'bak', 'ldif', 'lock', 'log', 'run']) mkdirSync(join(folder, name));
  mkdirSync(join(config, 'schema'));
  for (const name of ['slapd-collations.conf', 'certmap.conf'])
    cpSync(`/etc/dirsrv/config/${name}`, join(config, name));
  cpSync('/etc/dirsrv/schema/99user.ldif', join(config, 'schema/99user.ldif'));
  writeFileSync(join(config, 'dse.ldif'), configuration(folder, config, host, user), { mode: 0o600 });
  await importCertificate(folder, config, authority.caFile, certificate);
  // Its passwords lie in the folder too, but not for other accounts than the server's.
  if (user === 'dirsrv') spawnSync('chown', ['-R', 'dirsrv:dirsrv', folder]);
  chmodSync(folder, 0o700);
  const server = await startProcess(folder, '/usr/sbin/ns-slapd', [
    '-d',
    '0',
    '-D',
    config,
    '-i',
    join(folder, 'run/pid'),
  ]);
  later(async () => {
    // SIGTERM takes 2.5 s (LDAP sheet 8.3), and nothing of it is kept.
    server.signal('SIGKILL');
    await server.exited;
  });
  await listening(host, LDAPS_PORT, () => {
    const errors = join(folder, 'log/errors');
    const why = server.failure();
    return why === undefined
      ? undefined
      : `${why}${existsSync(errors) ? readFileSync(errors, 'utf8').slice(-4000) : ''}`;
  });
  const answer: Ds389 = {
    kind: '389',
    host,
    port: PORT,
    ldapsPort: LDAPS_PORT,
    url: `ldap://${host}:${PORT}`,
    ldapsUrl: `ldaps://${host}:${LDAPS_PORT}`,
    caFile: authority.caFile,
    suffix: SUFFIX,
    admin: { dn: 'cn=Directory Manager', password: 'secret12' },
    account: { dn: `cn=limited,ou=services,${SUFFIX}`, password: 'secret12' },
    unlimited: { dn: `cn=connector,ou=services,${SUFFIX}`, password: 'secret12' },
    pid: server.pid,
    folder,
  };
  await addEntries(answer);
  return answer;
}

function configuration(folder: string, config: string, host: string, user: string): string {
  const places: Readonly<Record<string, string>> = {
    schema_dir: join(config, 'schema'),
    config_dir: config,
    cert_dir: config,
    lock_dir: join(folder, 'lock'),
    tmp_dir: folder,
    ldif_dir: join(folder, 'ldif'),
    bak_dir: join(folder, 'bak'),
    run_dir: join(folder, 'run'),
    inst_dir: join(folder, 'run'),
    log_dir: join(folder, 'log'),
    db_dir: join(folder, 'db'),
    db_home_dir: join(folder, 'db'),
    fqdn: 'localhost',
    ds_port: String(PORT),
    ds_user: user,
    rootdn: 'cn=Directory Manager',
    ds_passwd: hashed('secret12'),
    ds_suffix: SUFFIX,
    ldapi_enabled: 'off',
    ldapi: join(folder, 'run/ldapi'),
    ldapi_autobind: 'off',
    db_lib: 'bdb',
  };
  const dse = readFileSync(TEMPLATE, 'utf8').replaceAll(/%(\w+)%/g, (_, key: string) => {
    const place = places[key];
    if (place === undefined) throw new Error(`389's ${TEMPLATE} has a variable ${key} that is not known here.`);
    return place;
  });
  return extended(dse, host);
}

/** Its configuration takes no password in clear. */
function hashed(password: string): string {
  const salt = randomBytes(8);
  const digest = createHash('sha512').update(password).update(salt).digest();
  return `{SSHA512}${Buffer.concat([digest, salt]).toString('base64')}`;
}

/** What `dscreate` and `dsconf` would set while the server runs. */
function extended(dse: string, host: string): string {
  const additions: Readonly<Record<string, readonly string[]>> = {
    'dn: cn=config': [
      `nsslapd-listenhost: ${host}`,
      `nsslapd-securelistenhost: ${host}`,
      `nsslapd-secureport: ${LDAPS_PORT}`,
      'nsslapd-security: on',
      'nsslapd-accesslog-logbuffering: off',
    ],
    // Its share of the machine's memory would be a quarter for every server of every run.
    'dn: cn=config,cn=ldbm database,cn=plugins,cn=config': [
      'nsslapd-cache-autosize: 0',
      'nsslapd-dbcachesize: 33554432',
    ],
    'dn: cn=Retro Changelog Plugin,cn=plugins,cn=config': [
      'nsslapd-changelogmaxage: 7d',
      'nsslapd-attribute: nsuniqueid:targetUniqueId',
    ],
  };
  const entries = dse.split(/\n\n+/).map((entry) => {
    const first = entry.split('\n', 1)[0] ?? '';
    const lines = additions[first];
    if (lines === undefined) return entry;
    return `${entry.trimEnd()}\n${lines.join('\n')}`.replace('nsslapd-pluginenabled: off', 'nsslapd-pluginenabled: on');
  });
  return `${entries.join('\n\n')}\n`;
}

/** Its key and certificate go into an NSS database without a password. */
async function importCertificate(
  folder: string,
  config: string,
  caFile: string,
  { certFile, keyFile }: KeyPair,
): Promise<void> {
  const database = `sql:${config}`;
  const bundle = join(folder, 'server.p12');
  await run('openssl', [
    ...['pkcs12', '-export', '-in', certFile, '-inkey', keyFile, '-name', 'Server-Cert'],
    ...['-passout', 'pass:', '-out', bundle],
  ]);
  await run('certutil', ['-N', '-d', database, '--empty-password']);
  await run('certutil', ['-A', '-d', database, '-n', 'CA', '-t', 'CT,,', '-a', '-i', caFile]);
  await run('pk12util', ['-i', bundle, '-d', database, '-W', '']);
}

async function addEntries(server: Ds389): Promise<void> {
  const may = (what: string, dn: string): string =>
    `aci: (targetattr="*")(version 3.0; acl "${what}"; allow (${what}) userdn="ldap:///${dn}";)`;
  const account = ({ dn, password }: Account): string => {
    const name = /^cn=([^,]+)/.exec(dn)?.[1];
    return `dn: ${dn}\nobjectClass: top\nobjectClass: netscapeServer\ncn: ${name}\nuserPassword: ${password}\n`;
  };
  const unit = (name: string): string => `dn: ou=${name},${SUFFIX}\nobjectClass: organizationalUnit\nou: ${name}\n`;
  const limits = ['nsSizeLimit', 'nsLookThroughLimit', 'nsIdleTimeout', 'nsPagedSizeLimit', 'nsPagedLookThroughLimit'];
  // It does not start when its configuration holds a database from the beginning.
  await ldapadd(
    server,
    [
      `dn: cn=userroot,cn=ldbm database,cn=plugins,cn=config\nobjectClass: extensibleObject\nobjectClass: nsBackendInstance\ncn: userroot\nnsslapd-suffix: ${SUFFIX}\n`,
      `dn: cn="${SUFFIX}",cn=mapping tree,cn=config\nobjectClass: extensibleObject\nobjectClass: nsMappingTree\ncn: ${SUFFIX}\nnsslapd-state: backend\nnsslapd-backend: userroot\n`,
    ].join('\n'),
  );
  await ldapadd(
    server,
    [
      `dn: ${SUFFIX}\nobjectClass: domain\ndc: contoso\n${may('all', server.account.dn)}\n${may('all', server.unlimited.dn)}\n${may('read,search,compare', 'all')}\n`,
      ...['people', 'groups', 'services'].map(unit),
      account(server.account),
      `${account(server.unlimited)}${limits.map((name) => `${name}: -1\n`).join('')}`,
    ].join('\n'),
  );
  // Normal accounts may not read the change log unless told so (LDAP sheet 4.7).
  await ldapmodify(
    server,
    `dn: cn=changelog\nchangetype: modify\nadd: aci\n${may('read,search,compare', server.unlimited.dn)}\n`,
  );
}
