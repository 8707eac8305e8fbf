/** Result codes by name: RFC 4511 appendix A, and those that later documents and servers add. */
export const resultCode = {
  success: 0,
  operationsError: 1,
  protocolError: 2,
  timeLimitExceeded: 3,
  sizeLimitExceeded: 4,
  compareFalse: 5,
  compareTrue: 6,
  authMethodNotSupported: 7,
  strongerAuthRequired: 8,
  referral: 10,
  adminLimitExceeded: 11,
  unavailableCriticalExtension: 12,
  confidentialityRequired: 13,
  saslBindInProgress: 14,
  noSuchAttribute: 16,
  undefinedAttributeType: 17,
  inappropriateMatching: 18,
  constraintViolation: 19,
  attributeOrValueExists: 20,
  invalidAttributeSyntax: 21,
  noSuchObject: 32,
  aliasProblem: 33,
  invalidDnSyntax: 34,
  aliasDereferencingProblem: 36,
  inappropriateAuthentication: 48,
  invalidCredentials: 49,
  insufficientAccessRights: 50,
  busy: 51,
  unavailable: 52,
  unwillingToPerform: 53,
  loopDetect: 54,
  /** RFC 2891: a virtual list view without its sort control. */
  sortControlMissing: 60,
  /** draft-ietf-ldapext-ldapv3-vlv: the asked range lies outside the list. */
  offsetRangeError: 61,
  namingViolation: 64,
  objectClassViolation: 65,
  notAllowedOnNonLeaf: 66,
  notAllowedOnRdn: 67,
  entryAlreadyExists: 68,
  objectClassModsProhibited: 69,
  affectsMultipleDsas: 71,
  virtualListViewError: 76,
  other: 80,
  /** RFC 3909. */
  canceled: 118,
  noSuchOperation: 119,
  tooLate: 120,
  cannotCancel: 121,
  /** RFC 4528. */
  assertionFailed: 122,
  /** RFC 4370. */
  authorizationDenied: 123,
  /** RFC 4533: the cookie is too old, a full read is needed. */
  syncRefreshRequired: 4096,
} as const;

const names: ReadonlyMap<number, string> = new Map(Object.entries(resultCode).map(([name, code]) => [code, name]));

/** The name of a result code, for people, e.g. `noSuchObject (32)`; only the number where it is unknown. */
export function resultCodeName(code: number): string {
  const name = names.get(code);
  return name === undefined ? `result code ${code}` : `${name} (${code})`;
}
