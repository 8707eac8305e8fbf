import type { TestReport } from '@joinery/connector';
import { strategyLabel } from '../configuration/directory-parameters.ts';
import type { BaseView, Inspection } from './inspection.ts';

/** An inspection as the report of a connector's test: one sentence, and facts by name. */
export function reportOf(inspection: Inspection): TestReport {
  const { server, certificates, delta, schema, bases, warnings } = inspection;
  const [certificate] = certificates;
  return {
    summary: summaryOf(inspection),
    warnings,
    facts: {
      server: `${server.host}:${server.port}`,
      encrypted: inspection.encrypted,
      kind: inspection.kind,
      product: inspection.product,
      reason: inspection.reason,
      ...(certificate === undefined
        ? {}
        : {
            certificate: certificate.subject,
            certificateIssuer: certificate.issuer,
            certificateUntil: new Date(certificate.notAfter).toISOString(),
            certificateSha256: certificate.fingerprint,
            certificateSha1: certificate.fingerprintSha1,
          }),
      namingContexts: inspection.contexts.map(({ dn }) => dn).join('; '),
      partitions: bases.map(viewed).join('; '),
      objectClasses: schema.classes,
      attributes: schema.attributes,
      anchor: inspection.anchor,
      recommendedAnchor: inspection.uniqueId ?? inspection.anchor,
      deltaStrategy: delta.strategy ?? 'none',
      deltaReady: delta.ready,
      delta: delta.finding,
      passwordAttribute: inspection.passwordAttribute,
      disableMethod: inspection.disableMethod ?? 'none',
    },
  };
}

/** One sentence for a person. */
export function summaryOf({ product, server, contexts, delta }: Inspection): string {
  const people = contexts.filter(({ system }) => !system).map(({ dn }) => dn);
  const where = people.length === 0 ? 'no naming context announced' : people.join(', ');
  const how = delta.strategy === undefined ? 'full imports only' : `changes by ${strategyLabel(delta.strategy)}`;
  return `${product} at ${server.host}:${server.port}: ${where}; ${how}${delta.strategy !== undefined && !delta.ready ? ', not ready' : ''}.`;
}

function viewed({ dn, state, people }: BaseView): string {
  return state === 'readable' || state === 'limited' ? `${dn} (${state}, ${people} people)` : `${dn} (${state})`;
}
