import type { Clock, Logger } from '@joinery/runtime';
import type { FastifyRequest } from 'fastify';
import type { ResourceType } from '../schema/resource-type.ts';
import type { ScimLimits } from './limits.ts';
import type { ScimStorage } from './storage.ts';

/** A resource that a caller is. */
export interface OwnResource {
  readonly type: ResourceType;
  readonly id: string;
}

/** What a SCIM server is made of. */
export interface ScimServerOptions {
  readonly resourceTypes: readonly ResourceType[];
  readonly storage: ScimStorage;
  /**
   * Lets the request in, or throws: SCIM_UNAUTHORIZED becomes 401 with `WWW-Authenticate`. It runs before the body is read.
   * Answer synchronously where possible: it is on the way of every request.
   */
  readonly authenticate: (request: FastifyRequest) => void | Promise<void>;
  /**
   * Admits the request that was let in, or throws SCIM_TOO_MANY_REQUESTS, which becomes 429 with `Retry-After`; see `requestRate`.
   */
  readonly admit?: (request: FastifyRequest) => void | Promise<void>;
  /** The resource of the caller, for `/Me`; without it `/Me` is 501, for a caller who has none it is 404. */
  readonly me?: (request: FastifyRequest) => OwnResource | undefined | Promise<OwnResource | undefined>;
  /** The address that clients use, without a slash at the end; by default what the request's Host header says, with the plugin's prefix. */
  readonly baseUrl?: string;
  readonly limits?: Partial<ScimLimits>;
  readonly clock?: Clock;
  readonly logger?: Logger;
  /** The realm of `WWW-Authenticate`; `scim` by default. */
  readonly realm?: string;
  /** Whether PATCH of a type answers 200 with the resource or 204; by default 204 for groups only, as Entra expects (dialect sheet 2.5). */
  readonly patchAnswers?: (type: ResourceType) => 'resource' | 'nothing';
  /** True takes PATCH bodies that do not list the PatchOp schema; false by default (dialect sheet 13a.7). */
  readonly patchSchemasOptional?: boolean;
  /** Members of ServiceProviderConfig's `documentationUri`. */
  readonly documentationUri?: string;
}
