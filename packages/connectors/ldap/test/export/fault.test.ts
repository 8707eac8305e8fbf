import { describe, expect, test } from 'vitest';
import type { ServerKind } from '../../src/detection/profile.ts';
import type { ExportOperation } from '../../src/export/error-table.ts';
import { faultOf } from '../../src/export/fault.ts';
import { microsoftSubCode, microsoftSubCodes } from '../../src/export/microsoft-sub-code.ts';

const dn = 'cn=x,ou=people,dc=contoso,dc=lab';

function told(kind: ServerKind, operation: ExportOperation, code: number, diagnosticMessage: string) {
  const result = { code, diagnosticMessage, matchedDn: '', referrals: ['ldap://elsewhere/'], controls: [] };
  return faultOf(result, { operation, kind, dn, parent: 'ou=people,dc=contoso,dc=lab', secrets: [] });
}

/** Texts of servers that do not run in the tests, from their documentation and what their users report. */
describe.each<readonly [ServerKind, ExportOperation, number, string, string, RegExp]>([
  [
    'ActiveDirectory',
    'add',
    68,
    '00000524: UpdErr: DSID-031A11E2, problem 6005 (ENTRY_EXISTS), data 0',
    'ExportErrorConnectedDirectoryExistingObject',
    /Another account has the sAMAccountName of "cn=x/,
  ],
  [
    'ActiveDirectory',
    'add',
    68,
    '00002071: UpdErr: DSID-031B0F63, problem 6005 (ENTRY_EXISTS), data 0',
    'ExportErrorConnectedDirectoryExistingObject',
    /There is an entry "cn=x/,
  ],
  [
    'ActiveDirectory',
    'add',
    32,
    "0000208D: NameErr: DSID-03100238, problem 2001 (NO_OBJECT), data 0, best match of: 'DC=contoso,DC=lab'",
    'ExportErrorNonExistingParent',
    /The parent "ou=people,dc=contoso,dc=lab"/,
  ],
  [
    'ActiveDirectory',
    'add',
    53,
    '00002089: UpdErr: DSID-031B0F8C, problem 5012 (DIR_ERROR), data 2',
    'ExportErrorNonExistingParent',
    /The parent/,
  ],
  [
    'ActiveDirectory',
    'move',
    80,
    '00002089: UpdErr: DSID-031B0F8C, problem 5012 (DIR_ERROR), data 0',
    'ExportErrorNonExistingParent',
    /The parent/,
  ],
  [
    'ActiveDirectory',
    'add',
    65,
    '0000207C: UpdErr: DSID-031A1236, problem 6002 (OBJ_CLASS_VIOLATION), data 0',
    'ExportErrorMissingProvisioningAttribute',
    /mandatory attribute is missing/,
  ],
  [
    'ActiveDirectory',
    'modify',
    65,
    '0000207D: UpdErr: DSID-0315166D, problem 6002 (OBJ_CLASS_VIOLATION), data -2054643806',
    'ExportErrorInvalidProvisioningAttributeValue',
    /do not allow/,
  ],
  [
    'ActiveDirectory',
    'modify',
    19,
    '000020B5: AtrErr: DSID-03152804, #1:\n\t0: 000020B5: DSID-03152804, problem 1005 (CONSTRAINT_ATT_TYPE), data 0, Att 31 (member)',
    'ExportActionRetryReferenceAttribute',
    /"member"/,
  ],
  [
    'ActiveDirectory',
    'modify',
    19,
    '00002082: AtrErr: DSID-03151817, #1:\n\t0: 00002082: DSID-03151817, problem 1005 (CONSTRAINT_ATT_TYPE), data 0, Att 90290 (employeeID):len 66',
    'ExportErrorConstraintViolation',
    /"employeeID".*outside the range/,
  ],
  [
    'ActiveDirectory',
    'modify',
    19,
    '000021C8: AtrErr: DSID-03200BBA, #1:\n\t0: 000021C8: DSID-03200BBA, problem 1005 (CONSTRAINT_ATT_TYPE), data 0, Att 90290 (userPrincipalName)',
    'ExportErrorConnectedDirectoryExistingObject',
    /"userPrincipalName"/,
  ],
  [
    'ActiveDirectory',
    'modify',
    19,
    '0000052D: AtrErr: DSID-03190F80, #1:\n\t0: 0000052D: DSID-03190F80, problem 1005 (CONSTRAINT_ATT_TYPE), data 0, Att 9005a (unicodePwd)',
    'ExportErrorPasswordPolicyViolation',
    /password policy/,
  ],
  [
    'ActiveDirectory',
    'modify',
    53,
    '0000052D: SvcErr: DSID-031A12D2, problem 5003 (WILL_NOT_PERFORM), data 0',
    'ExportErrorPasswordPolicyViolation',
    /password policy/,
  ],
  [
    'ActiveDirectory',
    'modify',
    53,
    '0000001F: SvcErr: DSID-031A1202, problem 5003 (WILL_NOT_PERFORM), data 0',
    'ExportErrorConnectedDirectoryError',
    /encrypted connection/,
  ],
  [
    'ActiveDirectory',
    'modify',
    50,
    '00002098: SecErr: DSID-03150F94, problem 4003 (INSUFF_ACCESS_RIGHTS), data 0',
    'ExportErrorPermissionIssue',
    /account of the connector/,
  ],
  [
    'ActiveDirectory',
    'rename',
    67,
    '000020B1: UpdErr: DSID-030F112A, problem 6004 (CANT_ON_RDN), data 0',
    'ExportErrorConstraintViolation',
    /keeps/,
  ],
  [
    'ActiveDirectory',
    'modify',
    67,
    '00002016: UpdErr: DSID-030F112A, problem 6004 (CANT_ON_RDN), data 0',
    'ExportErrorChangeNamingAttribute',
    /names the object/,
  ],
  [
    'ActiveDirectory',
    'add',
    34,
    '0000208F: NameErr: DSID-03100225, problem 2006 (BAD_NAME), data 8350',
    'ExportErrorInvalidDN',
    /does not accept "cn=x/,
  ],
  [
    'ADLDS',
    'modify',
    16,
    '00000057: LdapErr: DSID-0C090D8A, comment: Error in attribute conversion operation, data 0, v2580',
    'ExportErrorInvalidProvisioningAttributeValue',
    /does not know/,
  ],
  [
    'ADLDS',
    'modify',
    51,
    '0000200E: SvcErr: DSID-030F0A24, problem 5001 (BUSY), data 0',
    'ExportErrorConnectedDirectoryError',
    /at present/,
  ],
  [
    'OpenDJ',
    'add',
    65,
    'Entry cn=x,ou=people violates the Directory Server schema configuration because it is missing attribute sn which is required by objectclass person',
    'ExportErrorMissingProvisioningAttribute',
    /"sn"/,
  ],
  [
    'OpenDJ',
    'add',
    65,
    'Entry cn=x,ou=people violates the Directory Server schema configuration because it includes attribute foo which is not allowed by any of the objectclasses defined in that entry',
    'ExportErrorInvalidProvisioningAttributeValue',
    /"foo"/,
  ],
  [
    'OpenDJ',
    'modify',
    19,
    'A unique attribute conflict was detected for attribute uid:  value bsimon already exists in entry uid=other,dc=contoso',
    'ExportErrorConnectedDirectoryExistingObject',
    /"uid"/,
  ],
  [
    '389',
    'add',
    19,
    'Another entry with the same attribute value already exists (attribute: "uid")',
    'ExportErrorConnectedDirectoryExistingObject',
    /"uid"/,
  ],
  [
    '389',
    'modify',
    19,
    'invalid password syntax - password must be at least 8 characters long',
    'ExportErrorPasswordPolicyViolation',
    /8 characters/,
  ],
  ['389', 'add', 19, 'The value is not 7-bit clean: Zoë', 'ExportErrorConstraintViolation', /7-bit clean/],
  ['OpenLDAP', 'add', 19, 'some attributes not unique', 'ExportErrorConnectedDirectoryExistingObject', /Another entry/],
  ['OpenLDAP', 'modify', 19, 'Password fails quality checking policy', 'ExportErrorPasswordPolicyViolation', /quality/],
  [
    'OpenLDAP',
    'modify',
    53,
    'shadow context; no update referral',
    'ExportErrorConnectedDirectoryError',
    /cannot be written to/,
  ],
  [
    'OpenLDAP',
    'add',
    65,
    'no structural object class provided',
    'ExportErrorInvalidProvisioningAttributeValue',
    /structural/,
  ],
  [
    'OpenLDAP',
    'modify',
    18,
    'modify/delete: jpegPhoto: no equality matching rule',
    'ExportErrorConstraintViolation',
    /"jpegPhoto"/,
  ],
  ['OpenLDAP', 'modify', 122, '', 'ExportErrorAmbiguousUpdate', /not the entry/],
  ['ODSEE', 'modify', 10, '', 'ExportErrorConnectedDirectoryError', /ldap:\/\/elsewhere/],
  ['eDirectory', 'add', 65, 'NDS error: missing mandatory (-609)', 'ExportErrorMissingProvisioningAttribute', /-609/],
  ['IBM', 'modify', 49, '', 'ExportErrorConnectedDirectoryError', /does not accept the account/],
  ['Generic', 'modify', 99, 'something else', 'ExportErrorCustomContinueRun', /something else/],
])('%s, %s, %i %s', (kind, operation, code, diagnostic, becomes, names) => {
  test(`becomes ${becomes}`, () => {
    const fault = told(kind, operation, code, diagnostic);
    expect(fault.errorCode).toBe(becomes);
    expect(fault.errorDetail).toMatch(names);
  });
});

test('the result code is told by its name', () => {
  expect(told('OpenLDAP', 'add', 65, '').errorName).toBe('objectClassViolation (65)');
  expect(told('OpenLDAP', 'add', 12345, '').errorName).toBe('result code 12345');
});

test('sub-codes of Microsoft are read in any letter case, and only at the beginning', () => {
  expect(microsoftSubCode('0000052d: x')).toBe('0000052D');
  expect(microsoftSubCode('x 0000052D: x')).toBeUndefined();
  expect(microsoftSubCode('0000052: x')).toBeUndefined();
  for (const code of microsoftSubCodes.keys()) expect(microsoftSubCode(`${code}: x`)).toBe(code);
});
