import type { ServicePrincipal } from '@joinery/directory';
import { type Job, type LogApplication, type LogRow, toProvisioningObjectSummary } from '@joinery/engine';
import { Type } from 'typebox';
import type { RouteContext } from '../route-context.ts';
import { closedObject, nullableText } from '../shapes.ts';

const IdentityShape = closedObject({
  id: Type.String(),
  displayName: Type.String(),
  identityType: Type.String(),
  details: Type.Record(Type.String(), Type.String()),
});

const SystemShape = closedObject({
  id: Type.String(),
  displayName: Type.String(),
  details: Type.Record(Type.String(), Type.String()),
});

/** `provisioningObjectSummary` (engine sheet 19). */
export const SummaryShape = closedObject({
  id: Type.String(),
  activityDateTime: Type.String(),
  tenantId: Type.String(),
  jobId: Type.String(),
  cycleId: Type.String(),
  changeId: Type.String(),
  provisioningAction: Type.String(),
  durationInMilliseconds: Type.Integer(),
  provisioningStatusInfo: closedObject({
    status: Type.String(),
    errorInformation: Type.Union([
      Type.Null(),
      closedObject({
        errorCode: Type.String(),
        reason: Type.String(),
        additionalDetails: nullableText,
        errorCategory: Type.String(),
        recommendedAction: nullableText,
      }),
    ]),
  }),
  provisioningSteps: Type.Array(
    closedObject({
      name: Type.String(),
      provisioningStepType: Type.String(),
      status: Type.String(),
      description: Type.String(),
      details: Type.Record(Type.String(), Type.String()),
    }),
  ),
  modifiedProperties: Type.Array(
    closedObject({ displayName: Type.String(), oldValue: nullableText, newValue: nullableText }),
  ),
  servicePrincipal: closedObject({ id: Type.String(), displayName: Type.String() }),
  sourceSystem: SystemShape,
  targetSystem: SystemShape,
  initiatedBy: closedObject({ id: Type.String(), displayName: Type.String(), initiatorType: Type.String() }),
  sourceIdentity: IdentityShape,
  targetIdentity: IdentityShape,
});

/** A log row in Graph's words. */
export function summaryOf(row: LogRow, application: LogApplication) {
  const summary = toProvisioningObjectSummary(row, application);
  return { ...summary, modifiedProperties: [...summary.modifiedProperties] };
}

/** What log rows say of an application. */
function logApplication({ id, appId, displayName }: ServicePrincipal): LogApplication {
  return { servicePrincipalId: id, applicationId: appId, displayName };
}

/** The application that a job belongs to. */
export async function applicationOf(
  { directory }: RouteContext,
  tenantId: string,
  job: Job,
  signal: AbortSignal,
): Promise<LogApplication> {
  return logApplication(await directory.applications.getServicePrincipal(tenantId, job.servicePrincipalId, signal));
}
