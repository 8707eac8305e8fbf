import type { ConnectionSettings } from '../configuration/settings.ts';
import type { ServerAddress } from '../connection/connection.ts';

/** How a person who inspects a server reaches it. */
export interface InspectionReach {
  readonly server: ServerAddress;
  readonly transport: ConnectionSettings['transport'];
  /** The account; nobody when undefined. */
  readonly account: { readonly user: string; readonly password: string } | undefined;
  /** PEM file of the authority to trust; the system's when undefined. */
  readonly authorityFile: string | undefined;
}

/** Somebody waits in front of a screen. */
const TIMEOUT_MS = 30_000;

/** The connection of an inspection: as a configured one, with everything else at its default. */
export function inspectionSettings({ server, transport, account, authorityFile }: InspectionReach): ConnectionSettings {
  return {
    servers: [server],
    transport,
    bind:
      account === undefined
        ? { kind: 'anonymous' }
        : { kind: 'simple', user: account.user, password: () => account.password },
    clearTextAccepted: false,
    tls: {
      authorityFile,
      clientCertificateFile: undefined,
      clientKeyFile: undefined,
      clientKeyPassphrase: () => undefined,
      serverName: undefined,
      pinnedThumbprint: undefined,
    },
    connectionTimeoutMs: TIMEOUT_MS,
    operationTimeoutMs: TIMEOUT_MS,
  };
}
