import type { Clock, Logger } from '@joinery/runtime';
import type { FastifyRequest } from 'fastify';
import type { ResourceType } from '../schema/resource-type.ts';
import type { ScimLimits } from './limits.ts';
import type { ScimServerOptions } from './options.ts';
import type { ScimStorage } from './storage.ts';

/** The server's options with every default filled in. */
export interface ServerContext {
  readonly resourceTypes: readonly ResourceType[];
  readonly storage: ScimStorage;
  readonly limits: ScimLimits;
  readonly clock: Clock;
  readonly base: (request: FastifyRequest) => string;
  readonly patchAnswers: (type: ResourceType) => 'resource' | 'nothing';
  readonly documentationUri: string | undefined;
  readonly patchSchemasOptional: boolean;
  readonly me: ScimServerOptions['me'];
  readonly logger: Logger;
  /** The type whose endpoint has this name, in any letter case and without slashes. */
  readonly typeAt: (name: string) => ResourceType | undefined;
}
