/** The number of a label in a table whose labels count from zero. */
export function numberOf<Label extends string>(labels: readonly Label[], label: Label): number {
  return labels.indexOf(label);
}

/*
 * The enums of Microsoft.MetadirectoryServices with their numbers (ECMA sheet 2.1): scripts compare with both, and entries
 * cross to and from scripts as numbers.
 */

export const attributeTypes = ['String', 'Integer', 'Reference', 'Binary', 'Boolean', 'Undefined'] as const;
export const attributeOperations = ['ImportExport', 'ExportOnly', 'ImportOnly'] as const;
export const objectModificationTypes = ['Unconfigured', 'None', 'Add', 'Replace', 'Update', 'Delete'] as const;
export const attributeModificationTypes = ['Unconfigured', 'Add', 'Replace', 'Update', 'Delete'] as const;
export const valueModificationTypes = ['Unconfigured', 'Add', 'Delete'] as const;
export const operationTypes = ['Full', 'FullObject', 'Delta'] as const;
export const closeReasons = [
  'Normal',
  'TerminatedByUser',
  'TerminatedShuttingDown',
  'OpenConnectionFailure',
  'Unknown',
] as const;
export const configParameterPages = ['Connectivity', 'Global', 'RunStep', 'Partition', 'Capabilities'] as const;
export const configParameterTypes = [
  'String',
  'EncryptedString',
  'Label',
  'Text',
  'DropDown',
  'CheckBox',
  'Divider',
  'File',
] as const;
export const validationResultCodes = ['Success', 'Failure'] as const;
export const passwordOptions = { None: 0, ForceChangeAtLogOn: 1, UnlockAccount: 2, ValidatePassword: 4 } as const;

export const exportErrors = [
  'Success',
  'ExportActionConvertUpdateToAdd',
  'ExportActionRetryReferenceAttribute',
  'ExportActionProvisioningParent',
  'ExportErrorConnectedDirectoryError',
  'ExportErrorConnectedDirectoryMissingObject',
  'ExportErrorConnectedDirectoryExistingObject',
  'ExportErrorReferenceAttributeFailure',
  'ExportErrorNonExistingParent',
  'ExportErrorDuplicateAnchor',
  'ExportErrorAmbiguousUpdate',
  'ExportErrorPasswordPolicyViolation',
  'ExportErrorKerberosTimeSkew',
  'ExportErrorKerberosNoLogOnServer',
  'ExportErrorInvalidDN',
  'ExportErrorConstraintViolation',
  'ExportErrorSyntaxViolation',
  'ExportErrorChangeNamingAttribute',
  'ExportErrorPermissionIssue',
  'ExportErrorMissingProvisioningAttribute',
  'ExportErrorInvalidProvisioningAttributeValue',
  'ExportErrorMissingAnchorComponent',
  'ExportErrorMultiValuedAnchorComponent',
  'ExportErrorAnchorTooLong',
  'ExportErrorInvalidAttributeValue',
  'ExportErrorCustomStopRun',
  'ExportErrorCustomContinueRun',
] as const;

export const importErrors = [
  'Success',
  'ImportErrorMissingDomainName',
  'ImportErrorDomainNameNotLdapConformant',
  'ImportErrorInvalidDomainName',
  'ImportErrorMissingChangeType',
  'ImportErrorInvalidChangeType',
  'ImportErrorMultiValuedChangeType',
  'ImportErrorMissingObjectClass',
  'ImportErrorMissingObjectType',
  'ImportErrorParseError',
  'ImportErrorReadError',
  'ImportErrorInvalidAttributeValue',
  'ImportErrorInvalidBase64Value',
  'ImportErrorInvalidNumericValue',
  'ImportErrorInvalidBooleanValue',
  'ImportErrorCustomStopRun',
  'ImportErrorCustomContinueRun',
] as const;
