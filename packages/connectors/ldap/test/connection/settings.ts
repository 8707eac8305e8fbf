import { silentLogger, systemClock } from '@joinery/runtime';
import type { ConnectionSettings } from '../../src/configuration/settings.ts';
import type { DirectoryParts } from '../../src/connection/directory.ts';

/** Settings of a test: clear text to one server, with what the test says instead. */
export function settingsOf(
  server: { readonly host: string; readonly port: number },
  changes: Partial<Omit<ConnectionSettings, 'tls'>> & { readonly tls?: Partial<ConnectionSettings['tls']> } = {},
): ConnectionSettings {
  return {
    servers: [{ host: server.host, port: server.port }],
    transport: 'clear',
    bind: { kind: 'anonymous' },
    clearTextAccepted: false,
    connectionTimeoutMs: 10_000,
    operationTimeoutMs: 10_000,
    ...changes,
    tls: {
      authorityFile: undefined,
      clientCertificateFile: undefined,
      clientKeyFile: undefined,
      clientKeyPassphrase: () => undefined,
      serverName: undefined,
      pinnedThumbprint: undefined,
      ...changes.tls,
    },
  };
}

/** A simple bind as an account of a test directory. */
export function simple({ dn, password }: { readonly dn: string; readonly password: string }) {
  return { kind: 'simple', user: dn, password: () => password } as const;
}

/** What a host lends, with the clock of the machine unless a test moves its own. */
export function parts(changes: Partial<DirectoryParts> = {}): DirectoryParts {
  return { clock: systemClock, logger: silentLogger, folder: '/', ...changes };
}
