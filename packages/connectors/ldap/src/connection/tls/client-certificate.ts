import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { problem } from '@joinery/problems';
import { systemErrorCode } from '@joinery/runtime';
import type { ConnectionSettings } from '../../configuration/settings.ts';

/**
 * The client certificate with its key, as node:tls takes them: PEM (key in the same file or in its own) or PKCS#12, told apart by content
 * (LDAP sheet 1.2 *Use Client Certificate*).
 * @param folder what relative paths start from
 * @throws LDAP_CLIENT_CERTIFICATE_UNUSABLE
 */
export async function loadClientCertificate(
  tls: ConnectionSettings['tls'],
  folder: string,
): Promise<SecureContextOptions> {
  if (tls.clientCertificateFile === undefined) return {};
  const certificatePath = resolve(folder, tls.clientCertificateFile);
  const content = await read(certificatePath);
  const passphrase = tls.clientKeyPassphrase();
  const secret = passphrase === undefined || passphrase === '' ? {} : { passphrase };
  if (!content.includes('-----BEGIN')) return checkedPkcs12({ pfx: content, ...secret }, certificatePath);
  const keyPath = tls.clientKeyFile === undefined ? certificatePath : resolve(folder, tls.clientKeyFile);
  const key = keyPath === certificatePath ? content : await read(keyPath);
  const certificate = parseCertificate(content, certificatePath);
  if (!certificate.checkPrivateKey(parseKey(key, secret, keyPath))) {
    throw problem('LDAP_CLIENT_CERTIFICATE_UNUSABLE', 'The private key does not belong to the certificate.', {
      place: keyPath,
    });
  }
  return { cert: content, key, ...secret };
}

function checkedPkcs12(options: SecureContextOptions, place: string): SecureContextOptions {
  try {
    createSecureContext(options);
    return options;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    if (/mac verify/i.test(message)) {
      throw problem('LDAP_CLIENT_CERTIFICATE_UNUSABLE', 'The passphrase does not open the PKCS#12 file.', {
        place,
        cause: error,
        fix: 'Give the passphrase with which the file was made.',
      });
    }
    if (/unsupported/i.test(message)) {
      throw problem('LDAP_CLIENT_CERTIFICATE_UNUSABLE', 'The PKCS#12 file is encrypted with a retired algorithm.', {
        place,
        cause: error,
        fix: 'Make it again with a current one: openssl pkcs12 -legacy -in old.p12 -out all.pem, then openssl pkcs12 -export -in all.pem -out new.p12.',
      });
    }
    throw problem('LDAP_CLIENT_CERTIFICATE_UNUSABLE', 'The file holds neither PEM nor PKCS#12.', {
      place,
      cause: error,
    });
  }
}

function parseCertificate(pem: Buffer, place: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (error) {
    throw problem('LDAP_CLIENT_CERTIFICATE_UNUSABLE', 'The file holds no PEM certificate.', { place, cause: error });
  }
}

function parseKey(pem: Buffer, secret: { readonly passphrase?: string }, place: string): KeyObject {
  try {
    return createPrivateKey({ key: pem, ...secret });
  } catch (error) {
    const encrypted = pem.includes('ENCRYPTED');
    const detail = encrypted ? 'The passphrase does not open the private key.' : 'The file holds no PEM private key.';
    throw problem('LDAP_CLIENT_CERTIFICATE_UNUSABLE', detail, { place, cause: error });
  }
}

async function read(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const code = systemErrorCode(error);
    const detail =
      code === 'ENOENT' ? 'The file does not exist.' : `The file cannot be read (${code ?? 'unknown reason'}).`;
    throw problem('LDAP_CLIENT_CERTIFICATE_UNUSABLE', detail, { place: path, cause: error });
  }
}
