import type { Clock } from '@joinery/runtime';
import type { ScimObject } from '../value.ts';
import type { ScimFetch } from './fetch.ts';
import type { PatchDialect, PatchInstruction } from './patch-dialect.ts';

export interface ScimClientOptions {
  /** The base address, e.g. `https://host:8585/ecma2host_CSV/scim`; a query such as `?aadOptscim062020` stays on every request. */
  readonly base: string | URL;
  readonly fetch: ScimFetch;
  /** The bearer token; asked for on every request, so that it may be renewed. Never part of an error. */
  readonly token: () => string | Promise<string>;
  /** How PATCH is spelt; `compliant` by default. */
  readonly dialect?: PatchDialect;
  /**
   * How `all` asks for pages: by index (RFC 7644 3.4.2.4), or by cursor (RFC 9865), which the dialect `entraApi` takes by default.
   * A target that answers an index with a `nextCursor` is followed by cursor.
   */
  readonly paging?: 'index' | 'cursor';
  readonly clock?: Clock;
  /** Milliseconds until a request counts as unanswered; 60,000 by default. */
  readonly timeoutMs?: number;
  /** Bytes of an answer at most; 64 MiB by default. */
  readonly maxAnswerBytes?: number;
  /** True takes 404 on a filter for an empty list, for targets that answer so although RFC 7644 forbids it. */
  readonly notFoundMeansEmpty?: boolean;
}

export interface ScimQuery {
  readonly filter?: string;
  readonly attributes?: readonly string[];
  readonly excludedAttributes?: readonly string[];
  readonly sortBy?: string;
  readonly descending?: boolean;
  readonly startIndex?: number;
  /** RFC 9865: empty for the first page, else the `nextCursor` of the page before. */
  readonly cursor?: string;
  readonly count?: number;
}

/** One ListResponse, read tolerantly. */
export interface ScimPage {
  readonly totalResults: number;
  readonly startIndex: number;
  readonly resources: readonly ScimObject[];
  /** Where the next page begins, from a target that pages by cursor; absent on its last one. */
  readonly nextCursor?: string;
}

/** A resource that a write answered with; a target may answer with none. */
export interface ScimWritten {
  readonly id: string;
  readonly resource: ScimObject | undefined;
}

/**
 * A SCIM 2.0 client. Endpoints are written as in the resource type: `/Users`. Every method throws the SCIM_TARGET_* problem
 * that the target's answer stands for, with the target's own words in the detail and `retryAfterSeconds` where it asks to wait.
 * The client never retries by itself: when to try again is data on the problem, and the caller's plan.
 */
export interface ScimClient {
  /** One page. */
  list(endpoint: string, query: ScimQuery, signal: AbortSignal): Promise<ScimPage>;
  /** Every resource that matches, page by page. @throws SCIM_TARGET_PAGING when pages repeat or never end */
  all(endpoint: string, query: ScimQuery, signal: AbortSignal): AsyncGenerator<ScimObject>;
  /** The one resource whose attribute equals the value. @throws SCIM_TARGET_AMBIGUOUS for more than one */
  find(endpoint: string, attributePath: string, value: string, signal: AbortSignal): Promise<ScimObject | undefined>;
  /** The resource, or undefined where the target has none of this id. */
  get(endpoint: string, id: string, signal: AbortSignal): Promise<ScimObject | undefined>;
  create(endpoint: string, resource: ScimObject, signal: AbortSignal): Promise<ScimWritten>;
  /** Creates, and on 409 finds the existing resource by the matching attribute instead (dialect sheet 13). */
  createOrMatch(
    endpoint: string,
    resource: ScimObject,
    match: { readonly attributePath: string; readonly value: string },
    signal: AbortSignal,
  ): Promise<ScimWritten & { readonly created: boolean }>;
  /**
   * Creates, and on 409 matches instead and gives the existing resource the attributes (dialect sheet 13); its password stays.
   */
  createOrPatch(
    endpoint: string,
    resource: ScimObject,
    match: { readonly attributePath: string; readonly value: string },
    signal: AbortSignal,
  ): Promise<ScimWritten & { readonly created: boolean }>;
  /** One change; with the dialect `entraApi` a membership change may take several requests, see `splitInstructions`. */
  patch(endpoint: string, id: string, changes: readonly PatchInstruction[], signal: AbortSignal): Promise<ScimWritten>;
  replace(endpoint: string, id: string, resource: ScimObject, signal: AbortSignal): Promise<ScimWritten>;
  /** Deletes; a resource that is gone already counts as deleted. */
  delete(endpoint: string, id: string, signal: AbortSignal): Promise<void>;
  /** The schema documents of `/Schemas`. */
  schemas(signal: AbortSignal): Promise<readonly ScimObject[]>;
  /** The connection test of dialect sheet 1.2: a filter for a random value must answer an empty list. */
  testConnection(endpoint: string, attributePath: string, randomValue: string, signal: AbortSignal): Promise<void>;
}
