import { resolve } from 'node:path';
import { createSecureContext, type SecureContext } from 'node:tls';
import { tlsTrust } from '@joinery/runtime';
import type { ConnectionSettings } from '../../configuration/settings.ts';
import { loadClientCertificate } from './client-certificate.ts';

/**
 * Whom to trust and how to show oneself. Read anew for every connection, so that a renewed file counts without a restart.
 * @param folder what relative paths start from
 * @throws RUNTIME_CERTIFICATE_UNREADABLE, LDAP_CLIENT_CERTIFICATE_UNUSABLE
 */
export async function secureContext(tls: ConnectionSettings['tls'], folder: string): Promise<SecureContext> {
  const { authorityFile } = tls;
  const trust = authorityFile === undefined ? undefined : await tlsTrust({ caFile: resolve(folder, authorityFile) });
  const own = await loadClientCertificate(tls, folder);
  return createSecureContext({
    minVersion: 'TLSv1.2',
    ...(trust === undefined ? {} : { ca: [...trust.ca] }),
    ...own,
  });
}
