import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Later } from '../folder.ts';
import { makeAuthority } from './certificates.ts';
import { ldapadd, ldapmodify } from './commands.ts';
import type { Directory } from './directory.ts';
import { listening, ownAddress } from './loopback.ts';
import { run } from './run-program.ts';
import { removeServerFolder, serverFolder } from './server-folder.ts';
import { startProcess } from './server-process.ts';

const SUFFIX = 'DC=contoso,DC=lab';
const REALM = 'CONTOSO.LAB';
const HOST_NAME = 'dc1.contoso.lab';
const ADMIN_PASSWORD = 'Passw0rd.Lab1';
const ACCOUNT_PASSWORD = 'Passw0rd.Lab2';
const LDAP = 389;
const LDAPS = 636;
const GLOBAL_CATALOG = 3268;
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/joinery-directories', import.meta.url));
/** Stands for the folder of the domain in what is kept. */
const PLACE = '@folder@';
const PROVISION = [
  ...['domain', 'provision', `--realm=${REALM}`, '--domain=CONTOSO', '--server-role=dc', '--dns-backend=NONE'],
  // A password of a server that only this machine reaches and that goes with the test; the program takes it no other way.
  `--adminpass=${ADMIN_PASSWORD}`,
  ...['--use-rfc2307', '--host-name=dc1', '--host-ip=127.0.0.1'],
  ...['--option=interfaces=lo', '--option=bind interfaces only=yes'],
];

/** What a Samba domain controller has beyond every directory. */
export interface Samba extends Directory {
  readonly kind: 'Samba';
  readonly globalCatalogUrl: string;
  /** Where new users go by default. */
  readonly users: string;
  readonly realm: string;
  /** The short name of the domain, for `CONTOSO\\administrator`. */
  readonly domain: string;
  /** The name that its certificate and the principal `ldap/…` bear, as do the address and `localhost`; no resolver knows it. */
  readonly hostName: string;
  /** `krb5.conf` that leads to this domain controller: for the environment variable KRB5_CONFIG. */
  readonly kerberosConfig: string;
  /** The user names of `admin` and `account`, before `@realm`. */
  readonly adminName: string;
  readonly accountName: string;
}

/**
 * Starts a Samba domain controller and removes it afterwards (LDAP sheet 8.5). It takes the rights of root, since its ports are fixed.
 * A simple bind without TLS is refused, as Active Directory does by default.
 */
export async function startSamba(later: Later = onTestFinished): Promise<Samba> {
  const folder = await serverFolder();
  later(async () => removeServerFolder(folder));
  const host = await ownAddress([LDAP, LDAPS, 88, 464, 135, GLOBAL_CATALOG, 3269]);
  const authority = await makeAuthority(folder);
  const certificate = await authority.server('server', [HOST_NAME, host, 'localhost']);
  const target = join(folder, 'dc');
  await provision(target);
  const settings = join(target, 'etc/smb.conf');
  configure(settings, folder, host, { ...certificate, caFile: authority.caFile });
  const server = await startProcess(folder, '/usr/sbin/samba', ['-i', '-M', 'single', '-s', settings]);
  later(async () => {
    server.signal('SIGKILL');
    await server.exited;
  });
  const kerberosConfig = join(folder, 'krb5.conf');
  writeFileSync(kerberosConfig, krb5(host, folder));
  await listening(host, LDAPS, server.failure);
  const answer: Samba = {
    kind: 'Samba',
    host,
    port: LDAP,
    ldapsPort: LDAPS,
    url: `ldap://${host}:${LDAP}`,
    ldapsUrl: `ldaps://${host}:${LDAPS}`,
    globalCatalogUrl: `ldap://${host}:${GLOBAL_CATALOG}`,
    caFile: authority.caFile,
    suffix: SUFFIX,
    users: `CN=Users,${SUFFIX}`,
    admin: { dn: `CN=Administrator,CN=Users,${SUFFIX}`, password: ADMIN_PASSWORD },
    account: { dn: `CN=connector,CN=Users,${SUFFIX}`, password: ACCOUNT_PASSWORD },
    adminName: 'Administrator',
    accountName: 'connector',
    realm: REALM,
    domain: 'CONTOSO',
    hostName: HOST_NAME,
    kerberosConfig,
    pid: server.pid,
    folder,
  };
  await addAccount(answer);
  return answer;
}

/**
 * Makes a domain, which takes 4 s, or copies the one that an earlier run made with the same version: nothing but its `smb.conf` says
 * where it lies, and that is set for each.
 */
async function provision(target: string): Promise<void> {
  const version = (await run('/usr/sbin/samba', ['--version'])).replaceAll(/[^\w.]+/g, '-');
  const cached = join(
    CACHE,
    `${version}${createHash('sha256').update(PROVISION.join('\n')).digest('hex').slice(0, 12)}`,
  );
  if (!existsSync(cached)) {
    const made = `${cached}-${process.pid}-${Date.now()}`;
    mkdirSync(CACHE, { recursive: true });
    await run('samba-tool', [...PROVISION, `--targetdir=${made}`]);
    const settings = join(made, 'etc/smb.conf');
    writeFileSync(settings, readFileSync(settings, 'utf8').replaceAll(made, PLACE));
    try {
      renameSync(made, cached);
    } catch (error) {
      // Another run was first; its domain is as good.
      if (!existsSync(cached)) throw error;
      rmSync(made, { recursive: true });
    }
  }
  cpSync(cached, target, { recursive: true });
  const settings = join(target, 'etc/smb.conf');
  writeFileSync(settings, readFileSync(settings, 'utf8').replaceAll(PLACE, target));
}

/** Its settings, with every place in the folder of its own and every port at the address of its own. */
function configure(
  file: string,
  folder: string,
  host: string,
  tls: { readonly certFile: string; readonly keyFile: string; readonly caFile: string },
): void {
  for (const name of ['run', 'ncalrpc', 'winbindd', 'dc/cache']) mkdirSync(join(folder, name), { recursive: true });
  chmodSync(tls.keyFile, 0o600);
  const own = {
    'pid directory': join(folder, 'run'),
    'ncalrpc dir': join(folder, 'ncalrpc'),
    'winbindd socket directory': join(folder, 'winbindd'),
    'nsupdate command': '/bin/true',
    interfaces: `${host}/8`,
    'bind interfaces only': 'yes',
    'server services': 'ldap, rpc, drepl, kdc',
    'tls keyfile': tls.keyFile,
    'tls certfile': tls.certFile,
    'tls cafile': tls.caFile,
    // Without a revocation list of its own it makes keys and parameters at its first start, which takes seconds.
    'tls crlfile': '',
    // As Active Directory does: Kerberos needs no layer of its own over TLS. A simple bind without TLS is still refused.
    'ldap server require strong auth': 'allow_sasl_over_tls',
    'log file': join(folder, 'samba.log'),
    'log level': '0',
    'prefork children': '1',
  };
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => !Object.keys(own).some((name) => line.trim().startsWith(`${name} =`)));
  const added = Object.entries(own).map(([name, value]) => `\t${name} = ${value}`);
  lines.splice(lines.indexOf('[global]') + 1, 0, ...added);
  writeFileSync(file, lines.join('\n'));
}

function krb5(host: string, folder: string): string {
  return `[libdefaults]
	default_realm = ${REALM}
	dns_lookup_realm = false
	dns_lookup_kdc = false
	dns_canonicalize_hostname = false
	rdns = false
	udp_preference_limit = 1
	default_ccache_name = FILE:${join(folder, 'krb5-cache-%{uid}')}
[realms]
	${REALM} = {
		kdc = ${host}
		kpasswd_server = ${host}
	}
[domain_realm]
	.contoso.lab = ${REALM}
	contoso.lab = ${REALM}
	${host} = ${REALM}
`;
}

/** A service account with the rights to manage users and to read deleted objects, and the names under which Kerberos knows the server. */
async function addAccount(server: Samba): Promise<void> {
  const { account, accountName, suffix } = server;
  const password = Buffer.from(`"${account.password}"`, 'utf16le').toString('base64');
  await ldapadd(
    server,
    `dn: ${account.dn}\nobjectClass: user\ncn: ${accountName}\nsAMAccountName: ${accountName}\nuserPrincipalName: ${accountName}@contoso.lab\nunicodePwd:: ${password}\nuserAccountControl: 66048\n`,
  );
  const names = [server.hostName, server.host, 'localhost'].map((name) => `servicePrincipalName: ldap/${name}\n`);
  await ldapmodify(
    server,
    [
      `dn: CN=Domain Admins,CN=Users,${suffix}\nchangetype: modify\nadd: member\nmember: ${account.dn}\n`,
      `dn: CN=DC1,OU=Domain Controllers,${suffix}\nchangetype: modify\nadd: servicePrincipalName\n${names.join('')}`,
    ].join('\n'),
  );
}
