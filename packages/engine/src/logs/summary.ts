import type { LogRow } from './read-log.ts';

/** The application that a log row belongs to; the service knows it, the engine does not. */
export interface LogApplication {
  readonly servicePrincipalId: string;
  readonly applicationId: string;
  readonly displayName: string;
}

/**
 * A row as Graph's `provisioningObjectSummary` (engine sheet 19), words in lower-first camel case. The beta names (`action`,
 * `statusInfo`) are the service's to add.
 */
export function toProvisioningObjectSummary(row: LogRow, application: LogApplication) {
  const { details } = row;
  const { error } = details;
  return {
    id: row.id,
    activityDateTime: row.activityAt.toISOString(),
    tenantId: row.tenantId,
    jobId: row.jobId,
    cycleId: row.cycleId,
    changeId: row.changeId,
    provisioningAction: row.action,
    durationInMilliseconds: row.durationMs,
    provisioningStatusInfo: {
      status: row.status,
      errorInformation:
        error === null
          ? null
          : {
              errorCode: error.errorCode,
              reason: error.reason,
              additionalDetails: null,
              errorCategory: error.errorCategory,
              recommendedAction: error.recommendedAction,
            },
    },
    provisioningSteps: details.steps.map(({ name, type, status, description, details: members }) => ({
      name,
      provisioningStepType: type,
      status,
      description,
      details: members,
    })),
    modifiedProperties: details.modifiedProperties,
    servicePrincipal: { id: application.servicePrincipalId, displayName: application.displayName },
    sourceSystem: { id: details.sourceSystem.id, displayName: details.sourceSystem.name, details: {} },
    targetSystem: {
      id: details.targetSystem.id,
      displayName: details.targetSystem.name,
      details: {
        ApplicationId: application.applicationId,
        ServicePrincipalId: application.servicePrincipalId,
        ServicePrincipalDisplayName: application.displayName,
      },
    },
    initiatedBy: {
      id: '',
      displayName: details.initiatedBy,
      initiatorType: details.initiatedBy === provisioningService ? 'system' : 'user',
    },
    sourceIdentity: { id: row.sourceId, displayName: row.sourceName, identityType: row.sourceType, details: {} },
    targetIdentity: {
      id: row.targetId ?? '',
      displayName: row.targetId === null ? '' : row.sourceName,
      identityType: row.sourceType,
      details: {},
    },
  };
}

/** Who started what nobody asked for. */
export const provisioningService = 'Joinery Provisioning Service';
