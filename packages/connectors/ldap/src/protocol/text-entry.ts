import { EntryDecoder } from './entry-decoder.ts';

/** A whole entry as text, for what is read one at a time: the root DSE, the subschema, what an add gave. */
export interface TextEntry {
  /** As the server spells it. */
  readonly dn: string;
  /** By the attribute description in lower case, with options. */
  readonly attributes: ReadonlyMap<string, readonly string[]>;
}

/** Reads the content of a search entry (RFC 4511 4.5.2) as text. @throws LDAP_PROTOCOL_INVALID */
export function readTextEntry(bytes: Buffer, start: number, end: number): TextEntry {
  const attributes = new Map<string, string[]>();
  const decoder = new EntryDecoder((description) => ({ form: 'text', name: description.toLowerCase() }) as const);
  const dn = decoder.decode(bytes, start, end, {
    text: ({ name }, values) => {
      const known = attributes.get(name);
      if (known === undefined) attributes.set(name, values);
      else for (const value of values) known.push(value);
    },
    octets: () => undefined,
  });
  return { dn, attributes };
}
