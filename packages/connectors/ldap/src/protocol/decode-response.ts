import { BerReader, berTag, damaged } from './ber-reader.ts';
import type { Control } from './control.ts';
import { controlsTag, operationTag } from './operation.ts';
import type { BindResult, ExtendedResult, LdapResult } from './result.ts';

/** The operations that end with a result and nothing besides. */
export type ResultOperation = 'searchDone' | 'modify' | 'add' | 'delete' | 'modifyDN' | 'compare';

/** One message of a server. The message id is 0 for what no request asked for (RFC 4511 4.4). */
export type Response =
  | { readonly operation: ResultOperation; readonly messageId: number; readonly result: LdapResult }
  | { readonly operation: 'bind'; readonly messageId: number; readonly result: BindResult }
  | { readonly operation: 'extended'; readonly messageId: number; readonly result: ExtendedResult }
  /** The content of a SearchResultEntry lies from `start` to `end`; `entry.ts` reads it. */
  | { readonly operation: 'searchEntry'; readonly messageId: number; readonly start: number; readonly end: number }
  | { readonly operation: 'searchReference'; readonly messageId: number; readonly urls: readonly string[] }
  | {
      readonly operation: 'intermediate';
      readonly messageId: number;
      readonly name: string | undefined;
      readonly value: Uint8Array | undefined;
      readonly controls: readonly Control[];
    };

/** Name of the unsolicited notification that a server is about to close the connection (RFC 4511 4.4.1). */
export const noticeOfDisconnection = '1.3.6.1.4.1.1466.20036';

const resultOperations: ReadonlyMap<number, ResultOperation> = new Map([
  [operationTag.searchDone, 'searchDone'],
  [operationTag.modifyResponse, 'modify'],
  [operationTag.addResponse, 'add'],
  [operationTag.deleteResponse, 'delete'],
  [operationTag.modifyDnResponse, 'modifyDN'],
  [operationTag.compareResponse, 'compare'],
]);

/**
 * Reads the content of an LDAPMessage (RFC 4511 4.1.1), as `MessageFrames` hands it out. What it returns holds copies, apart
 * from a search entry, of which it only says where it lies.
 * @throws LDAP_PROTOCOL_INVALID
 */
export function decodeResponse(bytes: Buffer, start: number, end: number): Response {
  const reader = new BerReader(bytes, start, end);
  const messageId = reader.integer();
  if (messageId < 0 || messageId > 0x7fffffff) throw damaged('a message has no valid number');
  const tag = reader.tag;
  if (tag === operationTag.searchEntry) {
    const entryEnd = reader.open(tag);
    return { operation: 'searchEntry', messageId, start: reader.at, end: entryEnd };
  }
  const operation = reader.inside(tag);
  const resultOperation = resultOperations.get(tag);
  if (resultOperation !== undefined) {
    return {
      operation: resultOperation,
      messageId,
      result: { ...readResult(operation), controls: readControls(reader) },
    };
  }
  switch (tag) {
    case operationTag.bindResponse:
      return { operation: 'bind', messageId, result: readBindResult(operation, reader) };
    case operationTag.extendedResponse:
      return { operation: 'extended', messageId, result: readExtendedResult(operation, reader) };
    case operationTag.searchReference:
      return { operation: 'searchReference', messageId, urls: readUrls(operation) };
    case operationTag.intermediateResponse: {
      const name = optionalText(operation, 0x80);
      const value = optionalOctets(operation, 0x81);
      return { operation: 'intermediate', messageId, name, value, controls: readControls(reader) };
    }
    default:
      throw damaged(`0x${tag.toString(16)} is no operation of a server`);
  }
}

type ResultComponents = Omit<LdapResult, 'controls'>;

function readResult(reader: BerReader): ResultComponents {
  const code = reader.integer(berTag.enumerated);
  const matchedDn = reader.text();
  const diagnosticMessage = reader.text();
  const referrals = reader.tag === 0xa3 ? readUrls(reader.inside(0xa3)) : [];
  return { code, matchedDn, diagnosticMessage, referrals };
}

function readBindResult(operation: BerReader, message: BerReader): BindResult {
  const result = readResult(operation);
  const credentials = optionalOctets(operation, 0x87);
  return {
    ...result,
    controls: readControls(message),
    ...(credentials === undefined ? {} : { serverSaslCredentials: credentials }),
  };
}

function readExtendedResult(operation: BerReader, message: BerReader): ExtendedResult {
  const result = readResult(operation);
  const name = optionalText(operation, 0x8a);
  const value = optionalOctets(operation, 0x8b);
  return {
    ...result,
    controls: readControls(message),
    ...(name === undefined ? {} : { responseName: name }),
    ...(value === undefined ? {} : { responseValue: value }),
  };
}

function readUrls(reader: BerReader): string[] {
  const urls: string[] = [];
  while (!reader.done) urls.push(reader.text());
  return urls;
}

function readControls(message: BerReader): Control[] {
  if (message.tag !== controlsTag) return [];
  const list = message.inside(controlsTag);
  const controls: Control[] = [];
  while (!list.done) {
    const control = list.inside(berTag.sequence);
    const oid = control.text();
    const critical = control.tag === berTag.boolean ? control.boolean() : false;
    const value = optionalOctets(control, berTag.octetString);
    controls.push(value === undefined ? { oid, critical } : { oid, critical, value });
  }
  return controls;
}

function optionalText(reader: BerReader, tag: number): string | undefined {
  return reader.tag === tag ? reader.text(tag) : undefined;
}

function optionalOctets(reader: BerReader, tag: number): Uint8Array | undefined {
  return reader.tag === tag ? reader.octetsCopied(tag) : undefined;
}
