import { listJobs, saveSecretsReference, saveSettings } from '@joinery/engine';
import { Type } from 'typebox';
import { callerOf } from '../../access/require-caller.ts';
import { isSecretCredential, secretMask } from '../../credentials/names.ts';
import { parseCredentials } from '../../credentials/parse.ts';
import { signalOf } from '../../http/request-signal.ts';
import { contextOf } from '../../odata/page.ts';
import type { App, RouteContext } from '../route-context.ts';
import { closedObject, collectionOf, idParams, noContent } from '../shapes.ts';
import { isConfigured, settingsFrom } from './job-settings.ts';

export const CredentialPairs = Type.Array(
  Type.Object({ key: Type.String({ maxLength: 200 }), value: Type.Union([Type.String(), Type.Null()]) }),
  { maxItems: 100 },
);

const path = '/servicePrincipals/:id/synchronization/secrets';

/** How an application reaches its target (graph sheet 17). PUT replaces the set; a secret never comes back. */
export function secretsRoutes(app: App, { directory, credentials }: RouteContext): void {
  app.get(
    path,
    {
      schema: {
        params: idParams,
        response: { 200: collectionOf(closedObject({ key: Type.String(), value: Type.String() })) },
      },
    },
    async (request) => {
      const { tenantId } = callerOf(request);
      const principal = await directory.applications.getServicePrincipal(
        tenantId,
        request.params.id,
        signalOf(request),
      );
      const stored = await credentials.read(tenantId, principal.id, signalOf(request));
      return {
        '@odata.context': contextOf(request, `servicePrincipals('${principal.id}')/synchronization/secrets`),
        value: [...stored].map(([key, value]) => ({ key, value: isSecretCredential(key) ? secretMask : value })),
      };
    },
  );

  app.put(
    path,
    { schema: { params: idParams, body: Type.Object({ value: CredentialPairs }), response: noContent } },
    async (request, reply) => {
      const { tenantId } = callerOf(request);
      const principal = await directory.applications.getServicePrincipal(
        tenantId,
        request.params.id,
        signalOf(request),
      );
      await credentials.replace(
        tenantId,
        principal.id,
        (stored) => parseCredentials(request.body.value, stored),
        signalOf(request),
        async (tx, next) => {
          for (const job of await listJobs(tx, tenantId, principal.id)) {
            await saveSettings(tx, job, settingsFrom(next, job.settings));
            if (isConfigured(next)) await saveSecretsReference(tx, job, principal.id);
          }
        },
      );
      return reply.code(204).send();
    },
  );
}
