import type { ServerAddress } from '../connection/connection.ts';

/** The kinds of server that the connector knows (LDAP sheet 2.2, 2.4). */
export type ServerKind =
  | 'OpenLDAP'
  | 'ADLDS'
  | 'ActiveDirectory'
  | 'ActiveDirectoryGlobalCatalog'
  | 'Samba'
  | '389'
  | 'ApacheDS'
  | 'IBM'
  | 'Isode'
  | 'eDirectory'
  | 'OpenDJ'
  | 'OpenDS'
  | 'ODSEE'
  | 'RadiantOne'
  | 'Generic';

/** How changes since the last import are found (LDAP sheet 4.7 to 4.10). */
export type DeltaStrategy = 'changeLog' | 'accessLog' | 'usnChanged' | 'timeStamp';

/** How an account is disabled (issue: by kind); undefined where the kind has no way of its own. */
export type DisableMethod =
  | 'userAccountControl'
  | 'msDS-UserAccountDisabled'
  | 'nsAccountLock'
  | 'pwdAccountLockedTime'
  | 'loginDisabled';

/** What can be relied on, by the knowledge of the kind and the root DSE, and after the administrator's corrections (LDAP sheet 2.3). */
export interface ServerProfile {
  readonly kind: ServerKind;
  /** For people, e.g. `389 Directory Server 2.3.1`. */
  readonly product: string;
  /** Attribute values of the root DSE by name in lower case. */
  readonly rootDse: ReadonlyMap<string, readonly string[]>;
  readonly namingContexts: readonly string[];
  /** Naming contexts that hold no people: logs, configuration, schema. */
  readonly systemContexts: readonly string[];
  readonly schemaEntry: string | undefined;
  /** The anchor that the original pre-selects; `entryDN` stands for the DN as anchor. */
  readonly anchor: string;
  /** The attribute that keeps naming an entry when it is renamed; undefined where the kind has none. */
  readonly uniqueId: string | undefined;
  readonly deltaStrategies: readonly DeltaStrategy[];
  /** The strategy that is used unless the administrator chooses; undefined: full imports only. */
  readonly deltaStrategy: DeltaStrategy | undefined;
  readonly changeLogDn: string | undefined;
  /** `userPassword` or `unicodePwd`. */
  readonly passwordAttribute: string;
  readonly disableMethod: DisableMethod | undefined;
  /** OIDs of controls that work, whatever the root DSE lists. */
  readonly controls: ReadonlySet<string>;
  /** OIDs of extended operations and features that work. */
  readonly extensions: ReadonlySet<string>;
  readonly features: ReadonlySet<string>;
  /** Sentences for the administrator, e.g. of mandatory features not found. */
  readonly warnings: readonly string[];
  readonly server: ServerAddress;
}
