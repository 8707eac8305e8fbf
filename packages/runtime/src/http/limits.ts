/** The limits of a listener. Times in milliseconds. */
export interface ListenerLimits {
  /** Largest request body in bytes. `createHttpApp` bounds bodies itself, in its own words; for a bare handler Content-Length is checked by the listener. */
  readonly bodyBytes: number;
  /** All header lines of one request together, in bytes. */
  readonly headerBytes: number;
  readonly headerCount: number;
  /** From the first byte of a request to the end of its headers. */
  readonly headersTimeout: number;
  /** From the first byte of a request to the end of its body. */
  readonly requestTimeout: number;
  /** How long a caller may take to read an answer, or the next piece of one that is streamed. */
  readonly responseTimeout: number;
  /** How long an idle connection is kept. */
  readonly keepAliveTimeout: number;
  readonly handshakeTimeout: number;
  /** Connections beyond are closed at once. */
  readonly connections: number;
  /** Connections of one remote address; those beyond are closed at once. */
  readonly connectionsPerAddress: number;
  /** Requests that are worked at once; more are answered 503. */
  readonly requestsInFlight: number;
}

/** Right for a host or a service of one organisation; provisioning clients keep a few dozen connections and send bodies of kilobytes. */
export const defaultLimits: ListenerLimits = {
  bodyBytes: 1_048_576,
  headerBytes: 16_384,
  headerCount: 100,
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  responseTimeout: 60_000,
  keepAliveTimeout: 65_000,
  handshakeTimeout: 10_000,
  connections: 1_024,
  connectionsPerAddress: 256,
  requestsInFlight: 512,
};

/** Requests that one connection may have sent ahead of their answers (RFC 9112 9.3.2); no provisioning client does that at all. */
export const PIPELINED = 32;
