/**
 * Requests of scripts, carried out by whoever runs the engine; the grants of hosts are asked for each, with the name and
 * port that the connection goes to. Redirects are answers like any other.
 */
export interface WebAccess {
  /** Sends a request and waits for the head of its answer. One at a time: the answer before is let go of. Throws `WebFailure`. */
  send(request: WebRequest): WebAnswer;
}

/**
 * @property url absolute, `http` or `https`
 * @property headers names and values, in turn
 * @property body `undefined` for none. The headers say its length where it is known
 * @property tls versions that are allowed; every safe one where empty
 * @property closes asks the target to close the connection
 * @property milliseconds until the head must be there; `undefined` for as long as the run may take
 */
export interface WebRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly string[];
  readonly body: Iterable<Uint8Array> | undefined;
  readonly tls: readonly ('TLSv1.2' | 'TLSv1.3')[];
  readonly closes: boolean;
  readonly milliseconds: number | undefined;
}

/** @property headers names and values, in turn, as they came; an encoding of the body is undone and not among them */
export interface WebAnswer {
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly string[];
  /**
   * The next piece of the body; `undefined` after the last.
   * @param milliseconds that it may take; `undefined` for as long as the run may
   */
  read(milliseconds: number | undefined): Uint8Array | undefined;
  /** Lets go of what is left. */
  close(): void;
}

/** Why a request failed: see `WebFault` of the protocol. No text of the request is in it. */
export class WebFailure extends Error {
  readonly kind: WebFailureKind;
  /** The system's, e.g. `ECONNREFUSED`. */
  readonly code: string;
  constructor(kind: WebFailureKind, code = '') {
    super(kind);
    this.kind = kind;
    this.code = code;
  }
}

export const webFailureKinds = [
  'granted',
  'address',
  'name',
  'connect',
  'trust',
  'name-mismatch',
  'tls',
  'invalid',
  'headers',
  'ended',
  'encoding',
  'time',
  'cancelled',
] as const;

export type WebFailureKind = (typeof webFailureKinds)[number];
