import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { problem } from '@joinery/problems';

/** What OpenLDAP has put where on this machine. */
export interface SlapdPrograms {
  readonly slapd: string;
  readonly slapadd: string;
  readonly ldapsearch: string;
  /** Holds `core.ldif` and the like. */
  readonly schemaFolder: string;
  /** Holds the modules; undefined where they are built into slapd. */
  readonly moduleFolder: string | undefined;
}

/** Servers are seldom on the path of an ordinary account. Debian and Red Hat, FreeBSD, Homebrew on both processors. */
const serverFolders = [
  '/usr/sbin',
  '/usr/libexec',
  '/usr/local/sbin',
  '/usr/local/libexec',
  '/opt/homebrew/opt/openldap/libexec',
  '/opt/homebrew/opt/openldap/sbin',
  '/usr/local/opt/openldap/libexec',
];
const schemaFolders = [
  '/etc/ldap/schema',
  '/etc/openldap/schema',
  '/usr/local/etc/openldap/schema',
  '/opt/homebrew/etc/openldap/schema',
];
const moduleFolders = ['/usr/lib/ldap', '/usr/lib64/openldap', '/usr/lib/openldap', '/usr/local/libexec/openldap'];

/** @throws CLI_DEMO_PROGRAM_MISSING with what to install */
export function findSlapd(path: string | undefined): SlapdPrograms {
  const folders = [...(path ?? '').split(delimiter).filter((folder) => folder !== ''), ...serverFolders];
  const program = (name: string): string => {
    const folder = folders.find((each) => existsSync(join(each, name)));
    if (folder === undefined) throw missing(name);
    return join(folder, name);
  };
  const schemaFolder = schemaFolders.find((folder) => existsSync(join(folder, 'inetorgperson.ldif')));
  const [slapd, slapadd, ldapsearch] = [program('slapd'), program('slapadd'), program('ldapsearch')];
  if (schemaFolder === undefined) throw missing('inetorgperson.ldif');
  const moduleFolder = moduleFolders.find((folder) => existsSync(folder) && hasModule(folder, 'back_mdb'));
  return { slapd, slapadd, ldapsearch, schemaFolder, moduleFolder };
}

/** True for a module in a folder, whatever the system calls such files. */
export function hasModule(folder: string, name: string): boolean {
  return readdirSync(folder).some((file) => file.startsWith(`${name}.`));
}

function missing(what: string): Error {
  return problem('CLI_DEMO_PROGRAM_MISSING', `${what} of OpenLDAP is not on this machine.`, {
    fix: 'Install OpenLDAP’s server and tools: apt-get install slapd ldap-utils on Debian and Ubuntu, dnf install openldap-servers openldap-clients on Fedora, brew install openldap on macOS. Their own server need not run.',
  });
}
