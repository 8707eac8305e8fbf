import { type Element, elements, numberOf, textOf } from './ber.ts';
import { filterText } from './filter-text.ts';

export interface RequestControl {
  readonly oid: string;
  readonly critical: boolean;
  readonly value?: Buffer;
}

/** One change of a modify request. */
export interface RequestChange {
  readonly operation: 'add' | 'delete' | 'replace' | 'increment';
  readonly attribute: string;
  readonly values: readonly Buffer[];
}

/** What a client asked, read from its octets (RFC 4511 4.2 to 4.12). */
export type DecodedOperation =
  | { readonly kind: 'bind'; readonly dn: string; readonly password: string }
  | { readonly kind: 'sasl'; readonly dn: string; readonly mechanism: string; readonly credentials?: Buffer }
  | {
      readonly kind: 'search';
      readonly base: string;
      readonly scope: 'base' | 'one' | 'sub';
      readonly derefAliases: number;
      readonly sizeLimit: number;
      readonly timeLimit: number;
      /** As RFC 4515 writes it. */
      readonly filter: string;
      readonly attributes: readonly string[];
      /** Of the paged results control (RFC 2696), where one was sent. */
      readonly page?: { readonly size: number; readonly cookie: Buffer };
    }
  | { readonly kind: 'add'; readonly dn: string; readonly attributes: Readonly<Record<string, readonly Buffer[]>> }
  | { readonly kind: 'modify'; readonly dn: string; readonly changes: readonly RequestChange[] }
  | { readonly kind: 'delete'; readonly dn: string }
  | {
      readonly kind: 'modifyDN';
      readonly dn: string;
      readonly newRdn: string;
      readonly deleteOldRdn: boolean;
      readonly newSuperior?: string;
    }
  | { readonly kind: 'compare'; readonly dn: string; readonly attribute: string; readonly value: Buffer }
  | { readonly kind: 'extended'; readonly oid: string; readonly value?: Buffer }
  | { readonly kind: 'abandon'; readonly abandoned: number }
  | { readonly kind: 'unbind' };

/** A request with what every message has. */
export type DecodedRequest = DecodedOperation & {
  readonly messageId: number;
  readonly controls: readonly RequestControl[];
};

export const PAGED_RESULTS = '1.2.840.113556.1.4.319';

/** Reads one whole message of a client. */
export function decodeRequest(message: Buffer): DecodedRequest {
  const [envelope] = elements(message);
  if (envelope === undefined || envelope.tag !== 0x30) throw new Error('This is no LDAP message.');
  const [id, operation, controls] = elements(envelope.content);
  if (id === undefined || operation === undefined) throw new Error('This LDAP message holds no request.');
  const list = controls === undefined ? [] : elements(controls.content).map(decodeControl);
  return { ...decodeOperation(operation, list), messageId: numberOf(id), controls: list };
}

function decodeControl({ content }: Element): RequestControl {
  const parts = elements(content);
  const value = parts.slice(1).find(({ tag }) => tag === 0x04);
  return {
    oid: textOf(part(parts, 0)),
    critical: parts.some(({ tag, content: bytes }) => tag === 0x01 && bytes[0] !== 0),
    ...(value === undefined ? {} : { value: value.content }),
  };
}

function decodeOperation(operation: Element, controls: readonly RequestControl[]): DecodedOperation {
  const { tag, content } = operation;
  // Those without components come first: their content is no list of elements.
  if (tag === 0x42) return { kind: 'unbind' };
  if (tag === 0x4a) return { kind: 'delete', dn: textOf(operation) };
  if (tag === 0x50) return { kind: 'abandon', abandoned: numberOf(operation) };
  const parts = elements(content);
  switch (tag) {
    case 0x60:
      return decodeBind(parts);
    case 0x63:
      return decodeSearch(parts, controls);
    case 0x66:
      return {
        kind: 'modify',
        dn: textOf(part(parts, 0)),
        changes: elements(part(parts, 1).content).map(decodeChange),
      };
    case 0x68:
      return { kind: 'add', dn: textOf(part(parts, 0)), attributes: decodeAttributes(part(parts, 1)) };
    case 0x6c: {
      const superior = parts.find((one) => one.tag === 0x80);
      return {
        kind: 'modifyDN',
        dn: textOf(part(parts, 0)),
        newRdn: textOf(part(parts, 1)),
        deleteOldRdn: part(parts, 2).content[0] !== 0,
        ...(superior === undefined ? {} : { newSuperior: textOf(superior) }),
      };
    }
    case 0x6e: {
      const [attribute, value] = elements(part(parts, 1).content);
      if (attribute === undefined || value === undefined) throw new Error('This compare request holds no assertion.');
      return { kind: 'compare', dn: textOf(part(parts, 0)), attribute: textOf(attribute), value: value.content };
    }
    case 0x77: {
      const value = parts.find((one) => one.tag === 0x81)?.content;
      return { kind: 'extended', oid: textOf(part(parts, 0)), ...(value === undefined ? {} : { value }) };
    }
    default:
      throw new Error(`0x${tag.toString(16)} is no request of LDAP.`);
  }
}

function decodeBind(parts: readonly Element[]): DecodedOperation {
  const dn = textOf(part(parts, 1));
  const choice = part(parts, 2);
  if (choice.tag === 0x80) return { kind: 'bind', dn, password: textOf(choice) };
  const [mechanism, credentials] = elements(choice.content);
  if (mechanism === undefined) throw new Error('This SASL bind names no mechanism.');
  return {
    kind: 'sasl',
    dn,
    mechanism: textOf(mechanism),
    ...(credentials === undefined ? {} : { credentials: credentials.content }),
  };
}

function decodeSearch(parts: readonly Element[], controls: readonly RequestControl[]): DecodedOperation {
  const scopes = ['base', 'one', 'sub'] as const;
  const scope = scopes[numberOf(part(parts, 1))];
  if (scope === undefined) throw new Error('This search has no scope.');
  const paged = controls.find(({ oid }) => oid === PAGED_RESULTS)?.value;
  return {
    kind: 'search',
    base: textOf(part(parts, 0)),
    scope,
    derefAliases: numberOf(part(parts, 2)),
    sizeLimit: numberOf(part(parts, 3)),
    timeLimit: numberOf(part(parts, 4)),
    filter: filterText(part(parts, 6)),
    attributes: elements(part(parts, 7).content).map(textOf),
    ...(paged === undefined ? {} : { page: decodePage(paged) }),
  };
}

function decodePage(value: Buffer): { size: number; cookie: Buffer } {
  const parts = elements(part(elements(value), 0).content);
  return { size: numberOf(part(parts, 0)), cookie: part(parts, 1).content };
}

function decodeChange({ content }: Element): RequestChange {
  const [operation, attribute] = elements(content);
  const kinds = ['add', 'delete', 'replace', 'increment'] as const;
  const kind = operation === undefined ? undefined : kinds[numberOf(operation)];
  if (kind === undefined || attribute === undefined) throw new Error('This modify request holds no change.');
  const parts = elements(attribute.content);
  return { operation: kind, attribute: textOf(part(parts, 0)), values: valuesOf(part(parts, 1)) };
}

function decodeAttributes({ content }: Element): Record<string, Buffer[]> {
  return Object.fromEntries(
    elements(content).map((attribute) => {
      const parts = elements(attribute.content);
      return [textOf(part(parts, 0)), valuesOf(part(parts, 1))];
    }),
  );
}

function valuesOf({ content }: Element): Buffer[] {
  return elements(content).map((value) => value.content);
}

function part(parts: readonly Element[], index: number): Element {
  const one = parts[index];
  if (one === undefined) throw new Error('An LDAP message lacks a component.');
  return one;
}
