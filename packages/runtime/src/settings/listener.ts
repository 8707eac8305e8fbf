import { problem } from '@joinery/problems';
import { loadServerCertificate, type ServerCertificate } from '../tls/certificate.ts';
import { ensureServerCertificate, type SelfSignedOptions } from '../tls/self-signed.ts';

/** The settings of a listener, declared once so that both halves of the product name them alike. */
const definitions = [
  {
    name: 'address',
    type: 'string',
    default: '127.0.0.1',
    restart: true,
    sentence: 'Network address to listen on.',
    recommendation: 'Leave it on loopback while every caller runs on this machine; `::` listens everywhere.',
  },
  {
    name: 'port',
    type: 'integer',
    default: 0,
    minimum: 0,
    maximum: 65_535,
    restart: true,
    sentence: 'TCP port of the HTTPS listener; 0 takes any free one.',
  },
  {
    name: 'certificateFile',
    type: 'path',
    default: null,
    restart: true,
    sentence:
      'PEM file with the certificate and its chain; without one, a self-signed certificate is made in the home folder.',
    recommendation: 'Use a certificate of your own authority in production.',
  },
  {
    name: 'certificateKeyFile',
    type: 'path',
    default: null,
    restart: true,
    sentence: 'PEM file with the private key of the certificate.',
  },
] as const;

/** Settings of a listener for {@link defineSettings}. @param port the default of `port` */
export function listenerSettings(port: number) {
  const [address, portDefinition, ...certificate] = definitions;
  return [address, { ...portDefinition, default: port }, ...certificate] as const;
}

/**
 * The certificate that the listener settings name, or a self-signed one, made and stored where there is none yet.
 * @param made where a self-signed certificate is kept, and what it is made from
 * @throws RUNTIME_CERTIFICATE_HALF, what {@link loadServerCertificate} and {@link ensureServerCertificate} throw
 */
export async function listenerCertificate(
  settings: { readonly certificateFile: string | null; readonly certificateKeyFile: string | null },
  made: SelfSignedOptions & { readonly certificateFile: string; readonly keyFile: string },
): Promise<ServerCertificate> {
  const { certificateFile, certificateKeyFile } = settings;
  if (certificateFile === null && certificateKeyFile === null) return ensureServerCertificate(made);
  if (certificateFile === null || certificateKeyFile === null) {
    throw problem('RUNTIME_CERTIFICATE_HALF', 'Of certificateFile and certificateKeyFile only one is set.');
  }
  return loadServerCertificate({ certificateFile, keyFile: certificateKeyFile, clock: made.clock });
}
