import type { Authenticator } from './access/caller.ts';
import { requireCaller } from './access/require-caller.ts';
import { jobApiRoutes } from './api/job-routes.ts';
import { assignmentRoutes } from './graph/applications/assignment-routes.ts';
import { applicationRoutes } from './graph/applications/routes.ts';
import { provisioningLogRoutes } from './graph/audit/provisioning-routes.ts';
import type { App, RouteContext } from './graph/route-context.ts';
import { jobRoutes } from './graph/synchronization/job-routes.ts';
import { onDemandRoutes } from './graph/synchronization/on-demand-routes.ts';
import { schemaRoutes } from './graph/synchronization/schema-routes.ts';
import { secretsRoutes } from './graph/synchronization/secrets-routes.ts';
import { templateRoutes } from './graph/synchronization/template-routes.ts';
import { connectionTestRoutes } from './graph/synchronization/test-routes.ts';
import { deletedItemRoutes } from './graph/users/deleted-routes.ts';
import { userRoutes } from './graph/users/routes.ts';
import { healthRoutes } from './health.ts';
import { extensionRoutes } from './scim/extension-routes.ts';
import { scimRoutes } from './scim/scim-routes.ts';

/** Every route of the Graph-compatible API (graph sheet 1). */
const graphRoutes = [
  userRoutes,
  deletedItemRoutes,
  applicationRoutes,
  assignmentRoutes,
  templateRoutes,
  jobRoutes,
  secretsRoutes,
  connectionTestRoutes,
  schemaRoutes,
  onDemandRoutes,
  provisioningLogRoutes,
];

/** All routes: health for anyone, the rest for callers with a token. `/beta` is an alias of `/v1.0` (graph sheet 1). */
export function installRoutes(app: App, context: RouteContext, authenticators: readonly Authenticator[]): void {
  healthRoutes(app, context.database);
  for (const prefix of ['/v1.0', '/beta']) {
    app.register(
      async (scope: App) => {
        requireCaller(scope, authenticators);
        for (const install of graphRoutes) install(scope, context);
      },
      { prefix },
    );
  }
  scimRoutes(app, context, authenticators);
  app.register(
    async (scope: App) => {
      requireCaller(scope, authenticators);
      jobApiRoutes(scope, context);
      extensionRoutes(scope, context);
    },
    { prefix: '/api' },
  );
}
