import { startedServer } from '../server-starter.ts';
import type { ApacheDs } from './apacheds.ts';
import type { Ds389 } from './ds389.ts';
import type { Samba } from './samba.ts';
import type { OpenLdap } from './slapd.ts';

/** The run's OpenLDAP server (LDAP sheet 8.2). */
export async function openldap(): Promise<OpenLdap> {
  const server: OpenLdap = JSON.parse(await startedServer('/openldap'));
  return server;
}

/** The run's 389 Directory Server (LDAP sheet 8.3). */
export async function ds389(): Promise<Ds389> {
  const server: Ds389 = JSON.parse(await startedServer('/389'));
  return server;
}

/** The run's Samba domain controller (LDAP sheet 8.5). */
export async function samba(): Promise<Samba> {
  const server: Samba = JSON.parse(await startedServer('/samba'));
  return server;
}

/** The run's Apache Directory Server (LDAP sheet 8.4). */
export async function apacheds(): Promise<ApacheDs> {
  const server: ApacheDs = JSON.parse(await startedServer('/apacheds'));
  return server;
}
