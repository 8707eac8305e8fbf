import type { Predicate } from '../filter/predicate.ts';
import type { PatchOutcome, ReferenceEdit } from '../patch/outcome.ts';
import type { AttributePath } from '../schema/attribute-path.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import type { ScimObject } from '../value.ts';

/**
 * A resource as storage keeps it: the serialised resource, so that a plain read is one look-up and no parse.
 * `json` holds every member in the schema's spelling, `schemas` and `id` first, and `meta` as the LAST member without
 * `location`: the server appends the location for the caller's base address by splicing.
 */
export interface StoredResource {
  readonly id: string;
  /** The `meta.version`, also the ETag, e.g. `W/"3f"`. */
  readonly version: string;
  readonly json: string;
}

/** A list request after validation against the resource type. */
export interface ListQuery {
  readonly predicate?: Predicate;
  readonly sortBy?: AttributePath;
  readonly descending: boolean;
  /** 1-based, already at least 1. */
  readonly startIndex: number;
  /** Already capped; 0 asks for the total only. */
  readonly count: number;
}

export interface ListPage {
  /** The full number of matches, whatever the page. */
  readonly totalResults: number;
  readonly resources: readonly StoredResource[];
}

export interface ApplyOptions {
  /** Attributes that the caller takes from {@link ResourceChange.referenceEdits}; `apply` passes over them. */
  readonly detached?: ReadonlySet<AttributePath>;
}

/** A change that the server has validated against the schema but not applied. */
export interface ResourceChange {
  /** `patch` keeps what it does not name, `replace` clears absent readWrite attributes (RFC 7644 3.5.1, 3.5.2). */
  readonly kind: 'patch' | 'replace';
  /** Computes the new resource from the current one, and the minimal set of changed attributes. Pure; throws problems. */
  apply(current: ScimObject, options?: ApplyOptions): PatchOutcome;
  /**
   * What the change does to a collection of references such as `members`, where that can be said without reading the
   * collection; undefined where it cannot. A store that keeps the collection in a table of its own carries these out in
   * O(change), and calls `apply` with the path as detached, on a resource without the collection.
   */
  referenceEdits(path: AttributePath): readonly ReferenceEdit[] | undefined;
}

/** What a request knows about its caller and its time. */
export interface ScimCall {
  readonly signal: AbortSignal;
  /** From `If-Match`; storage answers SCIM_PRECONDITION_FAILED when the current version is another. */
  readonly ifMatch?: string;
  /**
   * True for an attribute that the answer will not show: a store that keeps it apart, such as the members of a group, need not
   * read it, and may leave it out of the JSON that it returns. Absent: everything may be shown.
   */
  readonly hides?: (path: AttributePath) => boolean;
}

/**
 * What a read answers: a store that has it at hand says it at once. A promise and the turns that it takes cost an indexed read a
 * tenth of its time.
 */
export type MaybePromise<T> = T | Promise<T>;

/** Goes on with an answer as soon as it is there, which may be now. */
export function whenThere<T>(answer: MaybePromise<T>, goOn: (answer: T) => void): MaybePromise<void> {
  return answer instanceof Promise ? answer.then(goOn) : goOn(answer);
}

/**
 * What the SCIM server needs from a store. Implementations decide atomicity: `update` runs `change.apply` on the current
 * state and commits once, or nothing happened.
 * All of them throw problems: SCIM_NOT_FOUND, SCIM_UNIQUENESS, SCIM_PRECONDITION_FAILED, or their own.
 */
export interface ScimStorage {
  get(type: ResourceType, id: string, call: ScimCall): MaybePromise<StoredResource | undefined>;
  list(type: ResourceType, query: ListQuery, call: ScimCall): MaybePromise<ListPage>;
  create(type: ResourceType, resource: ScimObject, call: ScimCall): Promise<StoredResource>;
  update(type: ResourceType, id: string, change: ResourceChange, call: ScimCall): Promise<StoredResource>;
  delete(type: ResourceType, id: string, call: ScimCall): Promise<void>;
}
