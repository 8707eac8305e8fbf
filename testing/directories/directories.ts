import { startedServer } from '../server-starter.ts';
import type { OpenLdap } from './slapd.ts';

/** The run's OpenLDAP server (LDAP sheet 8.2). */
export async function openldap(): Promise<OpenLdap> {
  const server: OpenLdap = JSON.parse(await startedServer('/openldap'));
  return server;
}
