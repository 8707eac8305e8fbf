import type { TenantScim } from '@joinery/directory';
import {
  createScimHandler,
  defaultScimLimits,
  pathBelow,
  readScimBodies,
  type ScimHandler,
  scimErrorHandler,
} from '@joinery/scim';
import type { Authenticator } from '../access/caller.ts';
import { callerOf, requireCaller } from '../access/require-caller.ts';
import type { App, RouteContext } from '../graph/route-context.ts';

/** Where the directory is a SCIM server. */
const scimPrefix = '/scim';

/**
 * The directory as a SCIM server for the same callers as the Graph routes, each in the tenant of its token. A tenant may define schemas
 * of its own, so that each has a handler of its own, made when its schemas change.
 */
export function scimRoutes(
  app: App,
  { directory, clock, logger }: RouteContext,
  authenticators: readonly Authenticator[],
): void {
  const handlers = new WeakMap<TenantScim, ScimHandler>();
  const handlerOf = (scim: TenantScim): ScimHandler => {
    const known = handlers.get(scim);
    if (known !== undefined) return known;
    // The caller is let in by the hook, before the tenant is known; the handler has nothing left to check.
    const handler = createScimHandler({ ...scim, authenticate: () => {}, clock, logger }, scimPrefix);
    handlers.set(scim, handler);
    return handler;
  };
  app.register(
    async (scope: App) => {
      readScimBodies(scope, defaultScimLimits.bodyBytes);
      scope.setErrorHandler(scimErrorHandler('scim', logger));
      requireCaller(scope, authenticators);
      for (const url of ['/', '/*']) {
        scope.route({
          method: [...scope.supportedMethods],
          url,
          bodyLimit: defaultScimLimits.bodyBytes,
          handler: async (request, reply) => {
            const scim = directory.scim.of(callerOf(request).tenantId);
            const handler = handlerOf(scim instanceof Promise ? await scim : scim);
            return handler(request, reply, pathBelow(request.raw.url ?? '', scimPrefix.length));
          },
        });
      }
    },
    { prefix: scimPrefix },
  );
}
