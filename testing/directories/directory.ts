/** An account that tests bind as. */
export interface Account {
  readonly dn: string;
  readonly password: string;
}

export type DirectoryKind = 'OpenLDAP' | '389' | 'ApacheDS' | 'Samba';

/** A directory server of the run, as plain data: it travels from the runner to the test files. */
export interface Directory {
  readonly kind: DirectoryKind;
  /** A loopback address of its own, named by its certificate; so is `localhost`. */
  readonly host: string;
  readonly port: number;
  readonly ldapsPort: number;
  readonly url: string;
  readonly ldapsUrl: string;
  /** PEM file of the authority that issued its certificate. */
  readonly caFile: string;
  readonly suffix: string;
  /** Who may do everything and is bound by no limit. */
  readonly admin: Account;
  /** A normal service account: it may write under the suffix, and every limit of the server holds for it. */
  readonly account: Account;
  readonly pid: number;
  /** The run's own folder for the server's files. */
  readonly folder: string;
}
