/** Where people are read, as the parent process hands it over in a file, since there is a password in it. */
export interface Place {
  readonly host: string;
  readonly port: number;
  readonly encrypted: boolean;
  readonly caFile: string;
  readonly user: string;
  readonly password: string;
  readonly base: string;
}

/** Reads everybody and stores nobody. */
export interface Reader {
  /** @returns how many there were */
  read(): Promise<number>;
  close(): Promise<void>;
}

/** Entries of a page, for everyone who reads. */
export const pageSize = 500;

/** What a person of the measurements has (`testing/directories/bulk-load.ts`). */
export const personAttributes = [
  ...['objectClass', 'uid', 'cn', 'sn', 'givenName', 'displayName', 'mail', 'employeeNumber', 'employeeType'],
  ...['departmentNumber', 'title', 'telephoneNumber', 'l', 'uidNumber', 'gidNumber', 'homeDirectory', 'gecos'],
  'loginShell',
];
