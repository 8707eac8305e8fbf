import { type Problem, type ProblemCode, problem } from '@joinery/problems';
import { formatValue } from './coercion.ts';
import type { CSEntryChange, CSEntryChangeResult } from './entry.ts';
import type { ExportErrorCode } from './error-codes.ts';

/** ECMA 2 `MAExportError` to our table (ECMA sheet 2.8, host sheet 13.1 (4)). */
const exportCodes: Readonly<Record<Exclude<ExportErrorCode, 'Success'>, ProblemCode>> = {
  // The three actions ask for a follow-up (ECMA sheet 1.3). The host answers ConvertUpdateToAdd itself; what is left is worth another try.
  ExportActionConvertUpdateToAdd: 'CONNECTOR_EXPORT_RETRY',
  ExportActionRetryReferenceAttribute: 'CONNECTOR_EXPORT_RETRY',
  ExportActionProvisioningParent: 'CONNECTOR_EXPORT_RETRY',
  ExportErrorConnectedDirectoryError: 'CONNECTOR_EXPORT_FAILED',
  ExportErrorConnectedDirectoryMissingObject: 'CONNECTOR_OBJECT_MISSING',
  ExportErrorConnectedDirectoryExistingObject: 'CONNECTOR_OBJECT_EXISTS',
  ExportErrorReferenceAttributeFailure: 'CONNECTOR_VALUE_INVALID',
  ExportErrorNonExistingParent: 'CONNECTOR_VALUE_INVALID',
  ExportErrorDuplicateAnchor: 'CONNECTOR_OBJECT_EXISTS',
  ExportErrorAmbiguousUpdate: 'CONNECTOR_OBJECT_AMBIGUOUS',
  ExportErrorPasswordPolicyViolation: 'CONNECTOR_VALUE_INVALID',
  ExportErrorKerberosTimeSkew: 'CONNECTOR_TARGET_UNAVAILABLE',
  ExportErrorKerberosNoLogOnServer: 'CONNECTOR_TARGET_UNAVAILABLE',
  ExportErrorInvalidDN: 'CONNECTOR_VALUE_INVALID',
  ExportErrorConstraintViolation: 'CONNECTOR_VALUE_INVALID',
  ExportErrorSyntaxViolation: 'CONNECTOR_VALUE_INVALID',
  ExportErrorChangeNamingAttribute: 'CONNECTOR_ANCHOR_FIXED',
  ExportErrorPermissionIssue: 'CONNECTOR_REFUSED',
  ExportErrorMissingProvisioningAttribute: 'CONNECTOR_VALUE_INVALID',
  ExportErrorInvalidProvisioningAttributeValue: 'CONNECTOR_VALUE_INVALID',
  ExportErrorMissingAnchorComponent: 'CONNECTOR_VALUE_INVALID',
  ExportErrorMultiValuedAnchorComponent: 'CONNECTOR_VALUE_INVALID',
  ExportErrorAnchorTooLong: 'CONNECTOR_VALUE_INVALID',
  ExportErrorInvalidAttributeValue: 'CONNECTOR_VALUE_INVALID',
  ExportErrorCustomStopRun: 'CONNECTOR_EXPORT_FAILED',
  ExportErrorCustomContinueRun: 'CONNECTOR_EXPORT_FAILED',
};

/**
 * The problem that the result of one exported entry stands for.
 * The connector's own words are kept in the detail: administrators search the log for them (host sheet 3.8).
 * @returns undefined when the entry succeeded
 */
export function exportResultToProblem(result: CSEntryChangeResult, entry: CSEntryChange): Problem | undefined {
  if (result.errorCode === 'Success') return undefined;
  return problem(exportCodes[result.errorCode], connectorText(result.errorCode, result), { place: objectPlace(entry) });
}

/** `ErrorName: ErrorDetail` as the original shows it (ECMA sheet behaviour 38), or the code where the connector says nothing. */
export function connectorText(
  code: string,
  said: { readonly errorName?: string | undefined; readonly errorDetail?: string | undefined },
): string {
  const words = [said.errorName, said.errorDetail].filter((text) => text !== undefined && text !== '');
  return words.length === 0 ? `The connector reported ${code}.` : words.join(': ');
}

/** Names an object by its anchor, else its DN, else its type. */
export function objectPlace(entry: Pick<CSEntryChange, 'objectType' | 'anchorAttributes' | 'dn'>): string {
  const anchor = entry.anchorAttributes.map(({ name, value }) => `${name} ${formatValue(value)}`).join(', ');
  if (anchor !== '') return `${entry.objectType} ${anchor}`;
  return entry.dn === undefined ? entry.objectType : `${entry.objectType} ${entry.dn}`;
}
