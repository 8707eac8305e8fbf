import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { Directory } from '@joinery/directory';
import type { Clock, Logger, Random } from '@joinery/runtime';
import type { Database } from '@joinery/store';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { CredentialStore } from '../credentials/credential-store.ts';
import type { CycleRuns } from '../cycles/cycle-runs.ts';
import type { SkipTokens } from '../odata/skip-token.ts';

/** The application with its routes typed by their TypeBox schemas. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** What routes work with. */
export interface RouteContext {
  readonly database: Database;
  readonly directory: Directory;
  readonly credentials: CredentialStore;
  readonly skipTokens: SkipTokens;
  readonly cycles: CycleRuns;
  /** Minutes from the end of a cycle to the start of the next. */
  readonly cycleMinutes: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}
