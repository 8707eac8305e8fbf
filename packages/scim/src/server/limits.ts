/** Bounds on what one request may ask of the server. */
export interface ScimLimits {
  /** Bytes of a request body. */
  readonly bodyBytes: number;
  /** Resources of a page when `count` is absent. */
  readonly defaultCount: number;
  /** Resources of a page at most; a larger `count` is capped (RFC 7644 3.4.2.4). */
  readonly maxCount: number;
  /** Operations of one PATCH. */
  readonly patchOperations: number;
  /** Operations of one bulk request (`maxOperations`); 0 switches bulk off. `maxPayloadSize` is {@link ScimLimits.bodyBytes}. */
  readonly bulkOperations: number;
  /** Milliseconds until the signal that storage gets is aborted. */
  readonly requestMs: number;
}

/** 1 MiB and 100 of 1,000 are what the dialect sheet recommends (sections 4 and 8); 30 s is below the time-out of Entra's client. */
export const defaultScimLimits: ScimLimits = {
  bodyBytes: 1_048_576,
  defaultCount: 100,
  maxCount: 1000,
  patchOperations: 10_000,
  bulkOperations: 1000,
  requestMs: 30_000,
};
