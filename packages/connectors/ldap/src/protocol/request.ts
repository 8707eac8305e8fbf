import type { Filter, OctetString } from './filter.ts';

/** An attribute description with its values, e.g. `userCertificate;binary`. */
export interface AttributeValues {
  readonly type: string;
  readonly values: readonly OctetString[];
}

/** One change of a modify (RFC 4511 4.6). `replace` without values removes the attribute and succeeds where there is none. */
export interface Modification extends AttributeValues {
  readonly operation: 'add' | 'delete' | 'replace' | 'increment';
}

/** The operations that a server answers with one response. Bind, unbind and StartTLS belong to the connection. */
export type Request =
  | { readonly operation: 'add'; readonly dn: string; readonly attributes: readonly AttributeValues[] }
  | { readonly operation: 'modify'; readonly dn: string; readonly modifications: readonly Modification[] }
  | { readonly operation: 'delete'; readonly dn: string }
  | {
      readonly operation: 'modifyDN';
      readonly dn: string;
      readonly newRdn: string;
      readonly deleteOldRdn: boolean;
      /** Only where the parent changes (LDAP sheet 5.1). */
      readonly newSuperior?: string;
    }
  | { readonly operation: 'compare'; readonly dn: string; readonly attribute: string; readonly value: OctetString }
  | { readonly operation: 'extended'; readonly name: string; readonly value?: Uint8Array };

/** RFC 4511 4.5.1. The time limit is always 0: the deadline is ours (L27). Aliases are never dereferenced (LDAP sheet 4.1). */
export interface SearchRequest {
  readonly base: string;
  readonly scope: 'base' | 'one' | 'sub';
  readonly filter: Filter;
  /** Attribute descriptions; `1.1` alone asks for none. */
  readonly attributes: readonly string[];
  /** 0 or absent: no limit. */
  readonly sizeLimit?: number;
}
