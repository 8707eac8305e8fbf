import { boolean, element, integer, octets } from './ber.ts';
import { type DecodedRequest, PAGED_RESULTS } from './request.ts';

/** What a result may hold besides its code. */
export interface ResultParts {
  readonly matchedDn?: string;
  readonly diagnostic?: string;
  readonly referrals?: readonly string[];
  /** Cookie of the paged results control; empty at the last page. No such control is sent where this is missing. */
  readonly cookie?: string | Uint8Array;
  readonly controls?: readonly { readonly oid: string; readonly critical?: boolean; readonly value?: Uint8Array }[];
  /** Of extended results. */
  readonly oid?: string;
  readonly value?: Uint8Array;
  /** Of SASL binds. */
  readonly credentials?: Uint8Array;
}

/** Values as a test writes them: one or several, text or octets. */
export type Values = string | Uint8Array | readonly (string | Uint8Array)[];

const RESULT_TAGS: Readonly<Record<DecodedRequest['kind'], number>> = {
  bind: 0x61,
  sasl: 0x61,
  search: 0x65,
  modify: 0x67,
  add: 0x69,
  delete: 0x6b,
  modifyDN: 0x6d,
  compare: 0x6f,
  extended: 0x78,
  // Neither has an answer; who sends one all the same sends it as an extended one.
  abandon: 0x78,
  unbind: 0x78,
};

/** The result that ends the operation of a request. */
export function resultMessage(request: DecodedRequest, code: number, parts: ResultParts = {}): Buffer {
  return message(request.messageId, result(RESULT_TAGS[request.kind], code, parts), parts);
}

/** A SearchResultEntry. */
export function entryMessage(messageId: number, dn: string, attributes: Readonly<Record<string, Values>>): Buffer {
  const list = Object.entries(attributes).map(([name, values]) => {
    const all = typeof values === 'string' || values instanceof Uint8Array ? [values] : values;
    return element(0x30, octets(name), element(0x31, ...all.map((value) => octets(value))));
  });
  return message(messageId, element(0x64, octets(dn), element(0x30, ...list)));
}

/** A SearchResultReference. */
export function referenceMessage(messageId: number, urls: readonly string[]): Buffer {
  return message(messageId, element(0x73, ...urls.map((url) => octets(url))));
}

/** An IntermediateResponse. */
export function intermediateMessage(messageId: number, oid?: string, value?: Uint8Array): Buffer {
  const parts: Buffer[] = [];
  if (oid !== undefined) parts.push(octets(oid, 0x80));
  if (value !== undefined) parts.push(octets(value, 0x81));
  return message(messageId, element(0x79, ...parts));
}

/** The notice of disconnection, which no request asked for (RFC 4511 4.4.1). */
export function disconnectionMessage(code: number, diagnostic: string): Buffer {
  return message(0, result(0x78, code, { diagnostic, oid: '1.3.6.1.4.1.1466.20036' }));
}

function result(tag: number, code: number, parts: ResultParts): Buffer {
  const { matchedDn = '', diagnostic = '', referrals = [] } = parts;
  const components = [integer(code, 0x0a), octets(matchedDn), octets(diagnostic)];
  if (referrals.length > 0) components.push(element(0xa3, ...referrals.map((url) => octets(url))));
  if (parts.credentials !== undefined) components.push(octets(parts.credentials, 0x87));
  if (parts.oid !== undefined) components.push(octets(parts.oid, 0x8a));
  if (parts.value !== undefined) components.push(octets(parts.value, 0x8b));
  return element(tag, ...components);
}

function message(messageId: number, operation: Buffer, { cookie, controls = [] }: ResultParts = {}): Buffer {
  const all = [...controls];
  if (cookie !== undefined) all.push({ oid: PAGED_RESULTS, value: element(0x30, integer(0), octets(cookie)) });
  const encoded = all.map(({ oid, critical, value }) => {
    const parts = [octets(oid)];
    if (critical === true) parts.push(boolean(true));
    if (value !== undefined) parts.push(octets(value));
    return element(0x30, ...parts);
  });
  const list = encoded.length === 0 ? [] : [element(0xa0, ...encoded)];
  return element(0x30, integer(messageId), operation, ...list);
}
