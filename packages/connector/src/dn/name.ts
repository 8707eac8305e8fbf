/** One attribute type with its value in a relative distinguished name. */
export interface NamingValue {
  /** As written, without a leading `OID.` (LDAPv2). */
  readonly type: string;
  /**
   * The value without any escaping. Octets that are no UTF-8 (from `\FF`) stand as the lone surrogates U+DC80 to U+DCFF, so
   * that nothing is lost. Where {@link hex} is true: the hexadecimal digits behind the number sign, in lower case.
   */
  readonly value: string;
  /** The value was given as BER in hexadecimal, `#04024869`; it is kept as it is and never taken apart (LDAP sheet 5.3). */
  readonly hex: boolean;
}

/** A relative distinguished name: one value or, joined by `+`, several. */
export type Rdn = readonly [NamingValue, ...NamingValue[]];

/** A distinguished name (RFC 4514) taken apart, the entry's own RDN first; empty for the root of the directory. */
export type Dn = readonly Rdn[];
