import { problem } from '@joinery/problems';
import { encodeRequest, encodeSearch } from '../protocol/encode-request.ts';
import type { Request, SearchRequest } from '../protocol/request.ts';
import type { ExtendedResult, LdapResult } from '../protocol/result.ts';
import type { Connection, OperationOptions, SearchSink, ServerAddress } from './connection.ts';
import type { Exchange } from './pending.ts';
import type { Wire } from './wire.ts';

/** A wire over which a bind has succeeded. There is no way to bind it again or to use it without. */
export class BoundConnection implements Connection {
  readonly server: ServerAddress;
  readonly confidential: boolean;
  readonly encrypted: boolean;
  readonly #wire: Wire;
  readonly #timeoutMs: number;

  constructor(
    wire: Wire,
    about: {
      readonly server: ServerAddress;
      readonly encrypted: boolean;
      readonly loopback: boolean;
      /** How long the server may be silent about an operation. */
      readonly timeoutMs: number;
    },
  ) {
    this.#wire = wire;
    this.#timeoutMs = about.timeoutMs;
    this.server = about.server;
    this.encrypted = about.encrypted;
    this.confidential = about.encrypted || about.loopback;
  }

  get lost(): boolean {
    return this.#wire.lost !== undefined;
  }

  request(request: Request, options: OperationOptions, signal: AbortSignal): Promise<LdapResult> {
    const { operation } = request;
    return this.#exchange<LdapResult>(
      {
        encode: (id) => encodeRequest(id, request, options.controls),
        accept: (response) => (response.operation === operation ? response.result : undefined),
        ...intermediateOf(options),
      },
      signal,
    );
  }

  extended(name: string, value: Uint8Array | undefined, signal: AbortSignal): Promise<ExtendedResult> {
    const request: Request =
      value === undefined ? { operation: 'extended', name } : { operation: 'extended', name, value };
    return this.#exchange<ExtendedResult>(
      {
        encode: (id) => encodeRequest(id, request),
        accept: (response) => (response.operation === 'extended' ? response.result : undefined),
      },
      signal,
    );
  }

  search(request: SearchRequest, sink: SearchSink, signal: AbortSignal): Promise<LdapResult> {
    return this.#exchange<LdapResult>(
      {
        encode: (id) => encodeSearch(id, request, sink.controls),
        accept: (response) => (response.operation === 'searchDone' ? response.result : undefined),
        onEntry: (bytes, start, end) => sink.onEntry(bytes, start, end),
        ...(sink.onReference === undefined ? {} : { onReference: (urls) => sink.onReference?.(urls) }),
        ...intermediateOf(sink),
      },
      signal,
    );
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#wire.close();
  }

  async #exchange<T extends LdapResult>(exchange: Exchange<T>, signal: AbortSignal): Promise<T> {
    const result = await this.#wire.exchange(exchange, this.#timeoutMs, signal);
    if (!saysUnbound(result)) return result;
    const detail = 'The server has forgotten who is bound over this connection.';
    const place = `${this.server.host}:${this.server.port}`;
    this.#wire.lose(problem('LDAP_CONNECTION_LOST', detail, { place }));
    // This operation was refused; of the others that were on their way, nobody knows.
    throw problem('LDAP_BIND_FORGOTTEN', detail, { place });
  }
}

/** Active Directory's way to say that a connection is not bound (any more): operationsError with 000004DC (LDAP sheet 5.6). */
function saysUnbound({ code, diagnosticMessage }: LdapResult): boolean {
  return code === 1 && diagnosticMessage.startsWith('000004DC');
}

function intermediateOf(options: OperationOptions): Pick<OperationOptions, 'onIntermediate'> {
  return options.onIntermediate === undefined ? {} : { onIntermediate: options.onIntermediate };
}
