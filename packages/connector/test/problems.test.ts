import {
  type ExportErrorCode,
  exceptionToProblem,
  exportResultToProblem,
  importErrorToProblem,
  stopsRun,
} from '@joinery/connector';
import { toScimError } from '@joinery/problems';
import { describe, expect, test } from 'vitest';
import { entryOf } from './example.ts';

const entry = entryOf({ anchorAttributes: [{ name: 'id', value: '7' }] });

describe('an export result', () => {
  const cases: readonly [ExportErrorCode, string, string | undefined][] = [
    ['ExportErrorInvalidAttributeValue', '400', 'invalidValue'],
    ['ExportErrorConstraintViolation', '400', 'invalidValue'],
    ['ExportErrorSyntaxViolation', '400', 'invalidValue'],
    ['ExportErrorInvalidDN', '400', 'invalidValue'],
    ['ExportErrorMissingProvisioningAttribute', '400', 'invalidValue'],
    ['ExportErrorChangeNamingAttribute', '400', 'mutability'],
    ['ExportErrorConnectedDirectoryExistingObject', '409', 'uniqueness'],
    ['ExportErrorDuplicateAnchor', '409', 'uniqueness'],
    ['ExportErrorAmbiguousUpdate', '409', 'uniqueness'],
    ['ExportErrorConnectedDirectoryMissingObject', '404', undefined],
    ['ExportErrorPermissionIssue', '403', undefined],
    ['ExportErrorKerberosNoLogOnServer', '503', undefined],
    ['ExportActionRetryReferenceAttribute', '503', undefined],
    ['ExportErrorConnectedDirectoryError', '500', undefined],
    ['ExportErrorCustomContinueRun', '500', undefined],
  ];
  test.each(cases)('H-49 %s is answered with %s %s and the connector’s own words', (errorCode, status, scimType) => {
    const problem = exportResultToProblem(
      { identifier: '', errorCode, errorName: 'SqlError', errorDetail: 'column "x" is null' },
      entry,
    );
    const body = problem === undefined ? undefined : toScimError(problem);
    expect(body?.status).toBe(status);
    expect(body?.scimType).toBe(scimType);
    expect(body?.detail).toContain('SqlError: column "x" is null');
  });

  test('that succeeded is no problem', () => {
    expect(exportResultToProblem({ identifier: '', errorCode: 'Success' }, entry)).toBeUndefined();
  });

  test('without words names its code and the object', () => {
    expect(exportResultToProblem({ identifier: '', errorCode: 'ExportErrorInvalidDN' }, entry)?.message).toBe(
      'Person id 7: The connector reported ExportErrorInvalidDN.',
    );
  });
});

describe('an import entry', () => {
  test('that is sound is no problem', () => {
    expect([importErrorToProblem(entry), importErrorToProblem({ ...entry, errorCodeImport: 'Success' })]).toEqual([
      undefined,
      undefined,
    ]);
  });

  test('with an error names the object and lets the run go on, unless it says stop', () => {
    const bad = { ...entry, errorCodeImport: 'ImportErrorInvalidBooleanValue', errorDetail: 'no Boolean' } as const;
    expect(importErrorToProblem(bad)).toMatchObject({
      code: 'CONNECTOR_ENTRY_INVALID',
      message: 'Person id 7: no Boolean',
    });
    const stop = { ...entry, errorCodeImport: 'ImportErrorCustomStopRun' } as const;
    expect(importErrorToProblem(stop)?.code).toBe('CONNECTOR_IMPORT_STOPPED');
    expect(importErrorToProblem({ ...entry, errorCodeImport: 'ImportErrorReadError' })?.status).toBe(503);
    expect([stopsRun(bad), stopsRun(stop)]).toEqual([false, true]);
  });
});

describe('an exception', () => {
  test.each([
    ['Microsoft.MetadirectoryServices.ServerDownException', 503],
    ['BadServerCredentialsException', 502],
    ['NoSuchObjectException', 404],
    ['ObjectAlreadyExistsException', 409],
    ['InvalidDNException', 400],
    ['PasswordPolicyViolationException', 400],
    ['System.DivideByZeroException', 500],
  ])('%s is answered with %i and its text', (name, status) => {
    expect(exceptionToProblem(name, 'what it says')).toMatchObject({ status, detail: 'what it says' });
  });
});
