import { findApplicationTemplate } from '@joinery/directory';
import { renderSynchronizationSchema } from '@joinery/engine';
import { Type } from 'typebox';
import { callerOf } from '../../access/require-caller.ts';
import { signalOf } from '../../http/request-signal.ts';
import { contextOf } from '../../odata/page.ts';
import type { App, RouteContext } from '../route-context.ts';
import { closedObject, collectionOf, idParams } from '../shapes.ts';
import { SchemaShape } from './schema-shape.ts';
import { synchronizationTemplates } from './templates.ts';

const TemplateShape = closedObject({
  id: Type.String(),
  factoryTag: Type.String(),
  applicationId: Type.String(),
  default: Type.Boolean(),
  description: Type.String(),
  discoverable: Type.Boolean(),
  metadata: Type.Array(Type.Never()),
  schema: SchemaShape,
});

/** The templates that an application's jobs can be made from (graph sheet 16). */
export function templateRoutes(app: App, { directory }: RouteContext): void {
  app.get(
    '/servicePrincipals/:id/synchronization/templates',
    { schema: { params: idParams, response: { 200: collectionOf(TemplateShape) } } },
    async (request) => {
      const { tenantId } = callerOf(request);
      const principal = await directory.applications.getServicePrincipal(
        tenantId,
        request.params.id,
        signalOf(request),
      );
      const own = findApplicationTemplate(principal.applicationTemplateId)?.synchronizationTemplateId;
      return {
        '@odata.context': contextOf(request, `servicePrincipals('${principal.id}')/synchronization/templates`),
        value: synchronizationTemplates
          .filter(({ id }) => id === own)
          .map(({ id, description, schema }) => ({
            id,
            factoryTag: id,
            applicationId: principal.appId,
            default: true,
            description,
            discoverable: true,
            metadata: [],
            schema: { id, version: 'v1.0', ...renderSynchronizationSchema(schema) },
          })),
      };
    },
  );
}
