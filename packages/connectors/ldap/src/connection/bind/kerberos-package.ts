import { problem } from '@joinery/problems';

/** What is used of the optional package `kerberos` (version 7). Tokens are base64; null stands for an empty one. */
export interface KerberosPackage {
  initializeClient(service: string, options: Readonly<Record<string, string | number>>): Promise<KerberosClient>;
}
export interface KerberosClient {
  readonly contextComplete: boolean;
  step(challenge: string): Promise<string | null>;
  wrap(challenge: string): Promise<string | null>;
  unwrap(challenge: string): Promise<string | null>;
}

/**
 * Loads the package, which compiles against the system's Kerberos libraries and is therefore left to those who need it.
 * @throws LDAP_KERBEROS_UNAVAILABLE, saying what to install
 */
export async function loadKerberos(module: string): Promise<KerberosPackage> {
  const loaded = await load(module);
  if (isKerberosPackage(loaded)) return loaded;
  throw problem('LDAP_KERBEROS_UNAVAILABLE', 'The package kerberos is not the one that is expected.');
}

async function load(module: string): Promise<unknown> {
  try {
    const loaded: { readonly default?: unknown } = await import(module);
    return loaded.default;
  } catch (error) {
    throw problem('LDAP_KERBEROS_UNAVAILABLE', 'The package kerberos is not installed, or cannot be loaded.', {
      cause: error,
    });
  }
}

function isKerberosPackage(value: unknown): value is KerberosPackage {
  return (
    typeof value === 'object' &&
    value !== null &&
    'initializeClient' in value &&
    typeof value.initializeClient === 'function'
  );
}
