/**
 * What the eight digits before a diagnostic of Active Directory, AD LDS or Samba mean (LDAP sheet 5.6; Windows system error
 * codes). The result code alone leaves it open: 53 may be a policy, a member that is none, or a password over clear text.
 */
export const microsoftSubCodes: ReadonlyMap<string, string> = new Map([
  ['0000001F', 'a device of the server does not work; for passwords: the connection is not encrypted'],
  ['00000005', 'access is denied'],
  ['00000057', 'a parameter or control is wrong'],
  ['000004DC', 'the connection is not bound any more'],
  ['00000523', 'the account name is invalid'],
  ['00000524', 'an account of this name exists already'],
  ['00000525', 'there is no such account'],
  ['00000529', 'the group is not of a kind that takes this member'],
  ['0000052B', 'the old password is wrong'],
  ['0000052C', 'the new password holds characters that are not allowed'],
  ['0000052D', 'the password does not satisfy the password policy'],
  ['00000530', 'the account may not sign in at this time'],
  ['00000531', 'the account may not sign in from here'],
  ['00000532', 'the password has expired'],
  ['00000533', 'the account is disabled'],
  ['00000561', 'the group does not have this member'],
  ['00000562', 'the group has this member already'],
  ['0000056B', 'the password was changed too recently'],
  ['00000775', 'the account is locked out'],
  ['00002014', 'the object classes do not allow this attribute'],
  ['00002016', 'the server has not all that the request refers to'],
  ['00002030', 'there is no such object'],
  ['00002035', 'the server will not do this'],
  ['00002071', 'an object of this name exists already'],
  ['00002077', 'the server keeps this attribute itself'],
  ['00002079', 'an attribute that may have one value was given several'],
  ['0000207C', 'the schema does not know the attribute'],
  ['0000207D', 'a mandatory attribute is missing'],
  ['0000207E', 'the object class does not fit the others'],
  ['00002081', 'an attribute that may have one value was given several'],
  ['00002082', 'a value is outside the range that the schema allows'],
  ['00002083', 'the value exists already'],
  ['00002085', 'the attribute does not have this value'],
  ['00002089', 'the parent object does not exist'],
  ['0000208D', 'there is no such object'],
  ['0000208F', 'the distinguished name is malformed'],
  ['00002095', 'the new parent object does not exist'],
  ['00002098', 'the account of the connector may not do this'],
  ['000020B1', 'the attribute names the object and cannot be changed in this way'],
  ['000020B5', 'an object that is referred to does not exist'],
  ['000020EF', 'the group would lose its last member or is a primary group'],
  ['000021C7', 'the service principal name is used by another object'],
  ['000021C8', 'the user principal name is used by another object'],
]);

/** The sub-code at the beginning of a diagnostic, in capitals, e.g. `0000052D`; undefined where there is none. */
export function microsoftSubCode(diagnostic: string): string | undefined {
  return /^\s*([0-9A-F]{8}):/i.exec(diagnostic)?.[1]?.toUpperCase();
}
