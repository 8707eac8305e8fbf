import type { Control } from '../protocol/control.ts';
import type { Request, SearchRequest } from '../protocol/request.ts';
import type { ExtendedResult, LdapResult } from '../protocol/result.ts';

/** What one operation may carry besides its request. */
export interface OperationOptions {
  readonly controls?: readonly Control[];
  /** RFC 4511 4.13: called for each intermediate response. */
  readonly onIntermediate?: (name: string | undefined, value: Uint8Array | undefined) => void;
}

export interface SearchSink extends OperationOptions {
  /**
   * Called for each entry as it arrives. `bytes` from `start` to `end` is the content of the SearchResultEntry (objectName and
   * attributes); it is only valid during the call, `protocol/entry` reads it. What it throws ends the search and rejects it.
   */
  readonly onEntry: (bytes: Buffer, start: number, end: number) => void;
  /** Called for each SearchResultReference with its URLs; they are not followed (LDAP sheet 4.4). */
  readonly onReference?: (urls: readonly string[]) => void;
}

/**
 * A connection that is bound: whoever holds one may use it until it is lost, and it is never used unbound. When it is lost,
 * everything on its way and everything later rejects with LDAP_CONNECTION_LOST; another one comes from {@link Directory.connect}.
 * Operations may overlap; the order in which a server works overlapping ones is the server's (LDAP sheet 5.2).
 */
export interface Connection extends AsyncDisposable {
  /** Which of the configured servers this is; change numbers and USNs mean something there only. */
  readonly server: ServerAddress;
  /** True where passwords may be sent: over TLS or loopback. */
  readonly confidential: boolean;
  /** True over TLS (what Active Directory asks for before it takes `unicodePwd`). */
  readonly encrypted: boolean;
  readonly lost: boolean;
  /**
   * Sends one operation. Resolves with whatever code the server answers. How many are on their way at once is the caller's to bound.
   * When the server says nothing about one for the operation time-out, the connection is lost.
   * @throws LDAP_CONNECTION_LOST; LDAP_BIND_FORGOTTEN for an operation that the server refused because it has forgotten the bind, which
   *   ends the connection; LDAP_PROTOCOL_INVALID for what is no LDAP; the signal's reason (the operation is abandoned)
   */
  request(request: Request, options: OperationOptions, signal: AbortSignal): Promise<LdapResult>;
  /** As {@link request}, with what an extended response says besides its result. */
  extended(name: string, value: Uint8Array | undefined, signal: AbortSignal): Promise<ExtendedResult>;
  /** One search; resolves with its SearchResultDone. Paging is in `import`, on top of it. @throws as {@link request} */
  search(request: SearchRequest, sink: SearchSink, signal: AbortSignal): Promise<LdapResult>;
  /** Unbinds and closes. */
  [Symbol.asyncDispose](): Promise<void>;
}

export interface ServerAddress {
  readonly host: string;
  readonly port: number;
}

/** One connection per concern: a cookie, a time-out or a flood of entries of one must not touch another (LDAP sheet 4.3, 12.1). */
export type Concern = 'schema' | 'import' | 'export' | 'lookup' | 'password';

/** The configured servers, in the order of the configuration. */
export interface Directory extends AsyncDisposable {
  /**
   * Opens a connection of the caller's own, with TLS and bind done, to the first server that can be reached.
   * @throws LDAP_SERVER_UNREACHABLE, LDAP_BIND_REFUSED, LDAP_CERTIFICATE_*, LDAP_CLEAR_TEXT_REFUSED, …
   */
  connect(concern: Concern, signal: AbortSignal): Promise<Connection>;
  /** A connection that is kept for a concern and shared by its callers; made again when it was lost. Not to be disposed of by them. */
  shared(concern: Concern, signal: AbortSignal): Promise<Connection>;
}
