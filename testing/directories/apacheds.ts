import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Later } from '../folder.ts';
import { makeAuthority } from './certificates.ts';
import { ldapadd } from './commands.ts';
import type { Directory } from './directory.ts';
import { listening, ownAddress } from './loopback.ts';
import { run } from './run-program.ts';
import { removeServerFolder, serverFolder } from './server-folder.ts';
import { startProcess } from './server-process.ts';

const PORT = 5389;
const LDAPS_PORT = 5636;
const SUFFIX = 'dc=contoso,dc=lab';
const PASSWORD = 'secret';
const KEYS_PASSWORD = 'changeit';

/** What Debian's package forgets on its class path, and what it opens of the platform (LDAP sheet 8.4). */
const FURTHER_JARS = [
  'caffeine',
  'commons-lang3',
  'commons-collections4',
  'commons-text',
  'slf4j-api',
  'slf4j-log4j12',
];
const OPENED = ['x509', 'util', 'tools.keytool'];

/** Apache DS as the tests have it; its access control is off, so that even anonymous clients may write. */
export interface ApacheDs extends Directory {
  readonly kind: 'ApacheDS';
}

/** Starts an Apache Directory Server and removes it afterwards (LDAP sheet 8.4). */
export async function startApacheDs(later: Later = onTestFinished): Promise<ApacheDs> {
  const folder = await serverFolder();
  later(async () => removeServerFolder(folder));
  const host = await ownAddress([PORT, LDAPS_PORT]);
  const authority = await makeAuthority(folder);
  const { certFile, keyFile } = await authority.server('server', ['localhost', hostname(), host]);
  const keys = join(folder, 'server.p12');
  await run('openssl', [
    ...['pkcs12', '-export', '-in', certFile, '-inkey', keyFile, '-certfile', authority.caFile, '-name', 'server'],
    ...['-passout', `pass:${KEYS_PASSWORD}`, '-out', keys],
  ]);
  const instance = join(folder, 'instance');
  for (const name of ['conf', 'log', 'partitions', 'cache', 'run'])
    mkdirSync(join(instance, name), { recursive: true });
  cpSync('/etc/apacheds/log4j.properties', join(instance, 'conf/log4j.properties'));
  writeFileSync(join(instance, 'conf/config.ldif'), configuration(host, keys));
  const server = await startProcess(folder, 'java', javaArguments(instance));
  later(async () => {
    server.signal('SIGKILL');
    await server.exited;
  });
  await listening(host, LDAPS_PORT, server.failure);
  const answer: ApacheDs = {
    kind: 'ApacheDS',
    host,
    port: PORT,
    ldapsPort: LDAPS_PORT,
    url: `ldap://${host}:${PORT}`,
    ldapsUrl: `ldaps://${host}:${LDAPS_PORT}`,
    caFile: authority.caFile,
    suffix: SUFFIX,
    admin: { dn: 'uid=admin,ou=system', password: PASSWORD },
    account: { dn: `cn=connector,ou=services,${SUFFIX}`, password: PASSWORD },
    pid: server.pid,
    folder,
  };
  await ldapadd(
    answer,
    [
      ...['people', 'groups', 'services'].map(
        (name) => `dn: ou=${name},${SUFFIX}\nobjectClass: organizationalUnit\nou: ${name}\n`,
      ),
      `dn: ${answer.account.dn}\nobjectClass: organizationalRole\nobjectClass: simpleSecurityObject\ncn: connector\nuserPassword: ${PASSWORD}\n`,
    ].join('\n'),
  );
  return answer;
}

/** The package's configuration with addresses, keys and suffix of our own. */
function configuration(host: string, keys: string): string {
  const suffixEntry = `dn: ${SUFFIX}\ndc: contoso\nobjectclass: domain\nobjectclass: top\n\n`;
  return readFileSync('/etc/apacheds/config.ldif', 'utf8')
    .replaceAll('ads-transportaddress: 0.0.0.0', `ads-transportaddress: ${host}`)
    .replace('ads-systemport: 10389', `ads-systemport: ${PORT}`)
    .replace('ads-systemport: 10636', `ads-systemport: ${LDAPS_PORT}`)
    .replace('ads-partitionSuffix: dc=example,dc=com', `ads-partitionSuffix: ${SUFFIX}`)
    .replace(/^ads-contextentry::.*(\n .*)*/m, `ads-contextentry:: ${Buffer.from(suffixEntry).toString('base64')}`)
    .replace(
      'ads-serverId: ldapServer\n',
      `ads-serverId: ldapServer\nads-keystoreFile: ${keys}\nads-certificatePassword: ${KEYS_PASSWORD}\n`,
    );
}

function javaArguments(instance: string): string[] {
  const defaults = readFileSync('/etc/default/apacheds', 'utf8');
  const list = (name: string): string =>
    (new RegExp(`^${name}="([^"]*)"`, 'm').exec(defaults)?.[1] ?? '').replaceAll(/\\\n/g, '');
  const jars = FURTHER_JARS.map((name) => `/usr/share/java/${name}.jar`);
  return [
    '-Xmx512m',
    '-XX:+UseSerialGC',
    '-XX:TieredStopAtLevel=1',
    ...OPENED.map((name) => `--add-exports=java.base/sun.security.${name}=ALL-UNNAMED`),
    `-Dapacheds.controls=${list('ADS_CONTROLS')}`,
    `-Dapacheds.extendedOperations=${list('ADS_EXTENDED_OPERATIONS')}`,
    `-Dapacheds.log.dir=${join(instance, 'log')}`,
    `-Dlog4j.configuration=file:${join(instance, 'conf/log4j.properties')}`,
    '-cp',
    [...jars, '/usr/share/apacheds/lib/*'].join(':'),
    'org.apache.directory.server.UberjarMain',
    `${instance}/`,
  ];
}
