import type { Clock, Logger } from '@joinery/runtime';
import type { FastifyRequest } from 'fastify';
import type { ResourceType } from '../schema/resource-type.ts';
import type { ScimLimits } from './limits.ts';
import type { ScimStorage } from './storage.ts';

/** What a SCIM server is made of. */
export interface ScimServerOptions {
  readonly resourceTypes: readonly ResourceType[];
  readonly storage: ScimStorage;
  /**
   * Lets the request in, or throws: SCIM_UNAUTHORIZED becomes 401 with `WWW-Authenticate`. It runs before the body is read.
   * Answer synchronously where possible: it is on the way of every request.
   */
  readonly authenticate: (request: FastifyRequest) => void | Promise<void>;
  /** The address that clients use, without a slash at the end; by default what the request's Host header says, with the plugin's prefix. */
  readonly baseUrl?: string;
  readonly limits?: Partial<ScimLimits>;
  readonly clock?: Clock;
  readonly logger?: Logger;
  /** The realm of `WWW-Authenticate`; `scim` by default. */
  readonly realm?: string;
  /** Whether PATCH of a type answers 200 with the resource or 204; by default 204 for groups only, as Entra expects (dialect sheet 2.5). */
  readonly patchAnswers?: (type: ResourceType) => 'resource' | 'nothing';
  /** Members of ServiceProviderConfig's `documentationUri`. */
  readonly documentationUri?: string;
}
