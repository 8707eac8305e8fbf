/** What kind of failure a code stands for; the engine decides by kind, never by message text (design: errors are data). */
export type ProblemKind = 'conflict' | 'notFound' | 'denied' | 'invalid' | 'unavailable' | 'internal';

/**
 * When the same call may be tried again:
 * `never` until a person changes something, `backoff` by itself with growing waits, `afterReset` once the named limit or state resets.
 */
export type Retry = 'never' | 'backoff' | 'afterReset';

/** The `scimType` words of RFC 7644 table 9. */
export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'
  | 'invalidVers'
  | 'sensitive';

/** One row of the error table. */
export interface ProblemDefinition {
  readonly kind: ProblemKind;
  readonly retry: Retry;
  /** HTTP status of the answer when this problem ends a request. */
  readonly status: number;
  readonly scimType?: ScimType;
  /** Where the Graph-compatible API answers with another word or status than the HTTP status stands for (Graph sheet 6). */
  readonly graph?: { readonly code: string; readonly status?: number };
  /** What happened, in one sentence without values. */
  readonly title: string;
  /** What to do about it, in one or two sentences. */
  readonly fix: string;
}

export type ProblemTable = Readonly<Record<string, ProblemDefinition>>;
