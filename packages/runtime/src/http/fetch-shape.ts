/** What rooms send; a subset of the standard's `RequestInit`, so that the built-in `fetch` has this shape too. */
export interface FetchInit {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly signal?: AbortSignal;
  /** Hand a redirect back instead of following it. */
  readonly redirect?: 'manual';
}

/** What rooms read of an answer; a subset of the standard's `Response`. */
export interface FetchResponse {
  readonly status: number;
  readonly ok: boolean;
  /** The URL that answered, after redirects. */
  readonly url: string;
  readonly headers: { get(name: string): string | null };
  /** The body as it arrives, for what must not be held in memory; null where there is none. Read it, `text()` or `json()`, once. */
  readonly body: ReadableStream<Uint8Array> | null;
  text(): Promise<string>;
  json(): Promise<unknown>;
}

/** A fetch-shaped function: direct HTTPS, through an agent, and calls within the process differ only in this function (design: one target protocol). */
export type Fetch = (url: string | URL, init?: FetchInit) => Promise<FetchResponse>;
