import type { DirectorySchema } from '../schema/directory-schema.ts';
import type { DeltaStrategy, DisableMethod, ServerKind } from './profile.ts';
import type { RootDse } from './root-dse.ts';

/** What a server shows of itself. */
export interface Evidence {
  readonly rootDse: RootDse;
  readonly schema: DirectorySchema;
  readonly port: number;
}

/** Says why a server is of a kind, as a part of a sentence; undefined when nothing speaks for it. */
export type Rule = (evidence: Evidence) => string | undefined;

/** What is known of a kind of server (LDAP sheet 2.4). It overrides what a root DSE lists (2.3 (c)). */
export interface KindDefinition {
  readonly kind: ServerKind;
  /** For people. */
  readonly title: string;
  /** On the root DSE (LDAP sheet 2.2). */
  readonly rule: Rule;
  /** On the schema, asked when no root DSE rule of any kind holds (LDAP sheet 2.2, row 13). */
  readonly probe?: Rule;
  /** The version for people, from the root DSE; undefined where it cannot be told. */
  readonly version?: (rootDse: RootDse) => string | undefined;
  readonly anchor: string;
  readonly uniqueId: string | undefined;
  readonly delta: {
    readonly strategies: readonly DeltaStrategy[];
    /** `announced`: the log strategy is the default only where the root DSE tells of the log. */
    readonly default: DeltaStrategy | 'announced' | undefined;
    readonly logDn?: string;
    /** What has to be set up for it, or why there is none. */
    readonly needs: string;
  };
  readonly passwordAttribute: 'userPassword' | 'unicodePwd';
  /** The class of people, offered first. */
  readonly personClass: string;
  readonly disableMethod?: DisableMethod;
  /** OIDs that work although the root DSE does not list them. */
  readonly works?: readonly string[];
  /** OIDs that the root DSE lists and that do nothing or something else. */
  readonly broken?: readonly string[];
  /** Mandatory attributes that the server fills in itself. */
  readonly fills?: readonly string[];
  /** Rights that the account of the connector needs. */
  readonly rights: string;
  /** What surprises people, a sentence each. */
  readonly traps: readonly string[];
}
