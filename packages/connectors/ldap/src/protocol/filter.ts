/** A value of an attribute on its way to a server: text goes as UTF-8, bytes as they are. */
export type OctetString = string | Uint8Array;

/**
 * RFC 4511 4.5.1.7 as data. Sets have at least one member: servers answer an empty one with an error or drop the connection
 * (LDAP sheet 2.3), and `allOf`/`anyOf` are the way to build one.
 */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly filters: readonly [Filter, ...Filter[]] }
  | { readonly kind: 'not'; readonly filter: Filter }
  | {
      readonly kind: 'equality' | 'greaterOrEqual' | 'lessOrEqual' | 'approximate';
      readonly attribute: string;
      readonly value: OctetString;
    }
  | {
      readonly kind: 'substrings';
      readonly attribute: string;
      readonly initial?: OctetString;
      readonly any: readonly OctetString[];
      readonly final?: OctetString;
    }
  | { readonly kind: 'present'; readonly attribute: string }
  | {
      readonly kind: 'extensible';
      readonly attribute?: string;
      readonly rule?: string;
      readonly value: OctetString;
      readonly dnAttributes: boolean;
    };
