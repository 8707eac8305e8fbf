import { type ApplicationTemplate, applicationTemplates, findApplicationTemplatesByName } from '@joinery/directory';
import { problem } from '@joinery/problems';
import type { FilterNode } from '@joinery/scim';
import { Type } from 'typebox';
import { callerOf } from '../../access/require-caller.ts';
import { signalOf } from '../../http/request-signal.ts';
import { collectionPage, contextOf } from '../../odata/page.ts';
import { readQueryOptions } from '../../odata/query-options.ts';
import type { App, RouteContext } from '../route-context.ts';
import { anyQuery, collectionOf, idParams } from '../shapes.ts';
import {
  ApplicationTemplateShape,
  InstantiatedShape,
  renderApplication,
  renderServicePrincipal,
  ServicePrincipalShape,
} from './shapes.ts';

const InstantiateBody = Type.Object({ displayName: Type.String({ minLength: 1, maxLength: 256 }) });

/** Application templates and service principals (graph sheet 15). */
export function applicationRoutes(app: App, { directory, skipTokens }: RouteContext): void {
  app.get(
    '/applicationTemplates',
    { schema: { querystring: anyQuery, response: { 200: collectionOf(ApplicationTemplateShape) } } },
    async (request) => {
      const { filter } = readQueryOptions(request.query, ['$filter']);
      const templates = filter === undefined ? applicationTemplates : templatesBy(filter);
      return { '@odata.context': contextOf(request, 'applicationTemplates'), value: templates.map(renderTemplate) };
    },
  );

  app.post(
    '/applicationTemplates/:id/instantiate',
    { schema: { params: idParams, body: InstantiateBody, response: { 201: InstantiatedShape } } },
    async (request, reply) => {
      const { tenantId } = callerOf(request);
      const { displayName } = request.body;
      const made = await directory.applications.instantiate(
        tenantId,
        request.params.id,
        displayName,
        signalOf(request),
      );
      return reply.code(201).send({
        '@odata.context': contextOf(request, 'microsoft.graph.applicationServicePrincipal'),
        application: renderApplication(made.application),
        servicePrincipal: renderServicePrincipal(made.servicePrincipal),
      });
    },
  );

  app.get(
    '/servicePrincipals',
    { schema: { querystring: anyQuery, response: { 200: collectionOf(ServicePrincipalShape) } } },
    async (request) => {
      const { tenantId } = callerOf(request);
      const options = readQueryOptions(request.query, ['$filter', '$top', '$skiptoken']);
      return collectionPage(
        request,
        skipTokens,
        options,
        'servicePrincipals',
        async (after) => {
          const page = await directory.applications.readServicePrincipals(
            tenantId,
            after,
            options.top,
            signalOf(request),
            options.filter,
          );
          return { rows: page.servicePrincipals, next: page.next };
        },
        renderServicePrincipal,
      );
    },
  );

  app.get(
    '/servicePrincipals/:id',
    { schema: { params: idParams, response: { 200: ServicePrincipalShape } } },
    async (request) => {
      const { tenantId } = callerOf(request);
      const found = await directory.applications.getServicePrincipal(tenantId, request.params.id, signalOf(request));
      return { '@odata.context': contextOf(request, 'servicePrincipals/$entity'), ...renderServicePrincipal(found) };
    },
  );
}

function templatesBy(filter: FilterNode): readonly ApplicationTemplate[] {
  if (filter.kind === 'compare' && filter.operator === 'eq' && filter.path.toLowerCase() === 'displayname') {
    return findApplicationTemplatesByName(filter.value.text);
  }
  throw problem('DIRECTORY_QUERY_UNSUPPORTED', 'Application templates can be filtered by displayName eq only.', {
    place: '$filter',
  });
}

function renderTemplate({ synchronizationTemplateId: _, ...template }: ApplicationTemplate) {
  return {
    ...template,
    categories: [...template.categories],
    supportedSingleSignOnModes: [...template.supportedSingleSignOnModes],
    supportedProvisioningTypes: [...template.supportedProvisioningTypes],
    homePageUrl: null,
    logoUrl: null,
  };
}
