/** One request as the client makes it. */
export interface ScimFetchInit {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly signal: AbortSignal;
  /** A target that redirects is not followed: the token would travel along. */
  readonly redirect: 'manual';
}

export interface ScimFetchAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

/** The one way out: direct HTTPS, through an agent, and in-process calls differ only in this function. `fetch` itself fits. */
export type ScimFetch = (url: string, init: ScimFetchInit) => Promise<ScimFetchAnswer>;
