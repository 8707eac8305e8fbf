import type { ServerAddress } from '../connection/connection.ts';
import type { DeltaStrategy } from '../detection/profile.ts';

/** How the connector reaches and proves itself to the servers (LDAP sheet 1.2). Times are in milliseconds. */
export interface ConnectionSettings {
  /** At least one; tried in this order. */
  readonly servers: readonly ServerAddress[];
  readonly transport: 'clear' | 'ldaps' | 'startTls';
  readonly bind:
    | { readonly kind: 'anonymous' }
    | { readonly kind: 'simple'; readonly user: string; readonly password: () => string | undefined }
    | { readonly kind: 'external' }
    | {
        readonly kind: 'gssapi';
        readonly user: string;
        readonly realm: string;
        readonly password: () => string | undefined;
      };
  /** The administrator accepts that passwords go in clear text. */
  readonly clearTextAccepted: boolean;
  readonly tls: {
    /** PEM file with the authorities to trust instead of the system's. */
    readonly authorityFile: string | undefined;
    /** PKCS#12 or PEM file of the client certificate. */
    readonly clientCertificateFile: string | undefined;
    readonly clientKeyFile: string | undefined;
    readonly clientKeyPassphrase: () => string | undefined;
    /** The name in the certificate where it is not the host's; empty: the host's. */
    readonly serverName: string | undefined;
    /** SHA-256 (or SHA-1) thumbprint that the server's certificate must have besides; colons and case do not matter. */
    readonly pinnedThumbprint: string | undefined;
  };
  /** For connecting, binding and reading root DSE and schema (L12). */
  readonly connectionTimeoutMs: number;
  /** For every operation after that. */
  readonly operationTimeoutMs: number;
}

/** A naming context or container that is read (LDAP sheet 1.5). */
export interface PartitionSettings {
  readonly dn: string;
  /** Containers below it that are read; all of it when empty. */
  readonly containers: readonly string[];
}

/** A configured connector, checked. Made by `ldapSettings(configuration, folder)`. */
export interface LdapSettings {
  readonly connection: ConnectionSettings;
  /** Empty: the server's naming contexts except its system ones. */
  readonly partitions: readonly PartitionSettings[];
  /** Naming contexts that the server does not announce. */
  readonly additionalNamespaces: readonly string[];
  readonly searchOnlyInSelectedContainers: boolean;
  /** Further condition for every import search, RFC 4515; empty: none. */
  readonly importFilter: string;
  /** `userCertificate;binary` by the folded name `usercertificate`. */
  readonly attributeAliases: ReadonlyMap<string, string>;
  readonly includeOperationalAttributes: boolean;
  readonly includeExtensibleAttributes: boolean;
  readonly manualAnchorSelection: boolean;
  /** Auxiliary classes whose attributes are offered, by structural class, folded. `*` is for every class. */
  readonly auxiliaryClasses: ReadonlyMap<string, readonly string[]>;
  /** `default`: by kind of server; `none`: no delta. */
  readonly deltaStrategy: DeltaStrategy | 'default' | 'none';
  /** Empty: by kind of server. */
  readonly changeLogDn: string;
  readonly timeStampOverlapMs: number;
  /** Empty: by kind of server. */
  readonly passwordAttribute: string;
  readonly passwordHashing: 'server' | 'none' | 'SSHA' | 'SSHA512';
  readonly treeDelete: boolean;
  /** Missing parents are made on export: DN component (folded) to object class, e.g. `ou` to `organizationalUnit`; empty: never. */
  readonly provisioningHierarchy: ReadonlyMap<string, string>;
  /** Attributes whose values must be unique among the entries of the partitions. */
  readonly uniqueAttributes: readonly string[];
  /** A DN that stands in groups which may not be empty; empty: none. */
  readonly placeholderMember: string;
  /** Corrections of the administrator to what a kind of server is known to do (LDAP sheet 2.3 (d)). */
  readonly controlsOn: readonly string[];
  readonly controlsOff: readonly string[];
  readonly pageSize: number | undefined;
  /** Connections and operations in flight on each, for exports (LDAP sheet 5.2). */
  readonly exportConnections: number;
  readonly exportWindow: number;
}
