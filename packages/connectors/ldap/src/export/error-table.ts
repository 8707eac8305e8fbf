import type { ExportErrorCode } from '@joinery/connector';
import type { ServerKind } from '../detection/profile.ts';

/** What was asked of the server. `move` is a modifyDN with another parent, `rename` one without. */
export type ExportOperation = 'add' | 'modify' | 'rename' | 'move' | 'delete';

/** What a sentence about a fault may name. */
export interface FaultFacts {
  /** The DN of the entry. */
  readonly dn: string;
  /** The attribute that the server speaks of, in quotes; `an attribute` where it names none. */
  readonly attribute: string;
  /** The DN of the entry's parent, the new one where it is moved. */
  readonly parent: string;
  readonly referrals: readonly string[];
}

/** One row; absent members fit everything. */
export interface FaultRow {
  readonly codes?: readonly number[];
  readonly operations?: readonly ExportOperation[];
  readonly kinds?: readonly ServerKind[];
  /** Sub-codes of Microsoft's family, see `microsoft-sub-code.ts`. */
  readonly subCodes?: readonly string[];
  readonly text?: RegExp;
  readonly errorCode: Exclude<ExportErrorCode, 'Success'>;
  readonly sentence: (facts: FaultFacts) => string;
}

const microsoft: readonly ServerKind[] = ['ActiveDirectory', 'ActiveDirectoryGlobalCatalog', 'ADLDS', 'Samba'];

const missing = ({ dn }: FaultFacts): string => `There is no entry "${dn}".`;
const exists = ({ dn }: FaultFacts): string => `There is an entry "${dn}" already.`;
const valueTaken = ({ attribute }: FaultFacts): string => `Another entry has the value of ${attribute} already.`;
const noParent = ({ parent }: FaultFacts): string => `The parent "${parent}" does not exist.`;
const outside = ({ dn }: FaultFacts): string => `The directory has no naming context that "${dn}" could be in.`;
const required = ({ attribute }: FaultFacts): string => `The object classes require ${attribute}, which has no value.`;
const notAllowed = ({ attribute }: FaultFacts): string => `The object classes do not allow ${attribute}.`;
const unknown = ({ attribute }: FaultFacts): string => `The directory's schema does not know ${attribute}.`;
const unknownClass = (): string => `The directory's schema does not know an object class.`;
const syntax = ({ attribute }: FaultFacts): string =>
  `The value of ${attribute} does not have the syntax it must have.`;
const severalValues = ({ attribute }: FaultFacts): string =>
  `${capital(attribute)} holds one value and was given several.`;
const policy = (): string => 'The password does not satisfy the password policy of the directory.';
const naming = ({ attribute }: FaultFacts): string =>
  `${capital(attribute)} is in the name of the entry; it changes with the distinguished name only.`;
const unavailable = (): string => 'The directory server cannot do it at present.';
const readOnlyAttribute = ({ attribute }: FaultFacts): string =>
  `The server keeps ${attribute} itself; it cannot be written.`;

/**
 * What a refusal means (LDAP sheet 5.6, with the measured differences of 5.5). The first row that fits counts, so texts and
 * sub-codes stand before their bare code. `success` in disguise (16 and 20 where the wanted state is there, 32 of a delete, 68
 * of a rename to the same entry, 12 of a control that we need not send) is found by those who write, before they look here.
 */
export const faultTable: readonly FaultRow[] = [
  // Passwords and policies; before everything, because servers use 19, 53, 50 and 1 for them.
  { subCodes: ['0000052C', '0000052D', '0000056B'], errorCode: 'ExportErrorPasswordPolicyViolation', sentence: policy },
  {
    codes: [19, 53, 50],
    text: /password (?:fails|is (?:too|in)|quality|policy|syntax|history)|invalid password syntax|within password history|pwdInHistory|passwordTooShort|insufficientPasswordQuality/i,
    errorCode: 'ExportErrorPasswordPolicyViolation',
    sentence: policy,
  },
  {
    codes: [53],
    subCodes: ['0000001F'],
    errorCode: 'ExportErrorConnectedDirectoryError',
    sentence: () => 'The server takes passwords over an encrypted connection only.',
  },

  // The entry exists, or a value of it does elsewhere.
  {
    subCodes: ['000021C7', '000021C8'],
    errorCode: 'ExportErrorConnectedDirectoryExistingObject',
    sentence: valueTaken,
  },
  {
    codes: [68],
    subCodes: ['00000562', '00002083'],
    errorCode: 'ExportErrorConstraintViolation',
    sentence: ({ attribute }) => `A value of ${attribute} is there already.`,
  },
  {
    codes: [19],
    text: /already exists|not unique|uniqueness|unique attribute conflict/i,
    errorCode: 'ExportErrorConnectedDirectoryExistingObject',
    sentence: valueTaken,
  },
  {
    codes: [68],
    operations: ['modify'],
    errorCode: 'ExportErrorConnectedDirectoryExistingObject',
    sentence: valueTaken,
  },
  // Accounts are found by sAMAccountName too, wherever they are in the domain.
  {
    codes: [68],
    subCodes: ['00000524'],
    errorCode: 'ExportErrorConnectedDirectoryExistingObject',
    sentence: ({ dn }) => `Another account has the sAMAccountName of "${dn}" already.`,
  },
  {
    codes: [68],
    text: /samAccountName '.*' already in use/i,
    errorCode: 'ExportErrorConnectedDirectoryExistingObject',
    sentence: valueTaken,
  },
  { codes: [68], errorCode: 'ExportErrorConnectedDirectoryExistingObject', sentence: exists },

  // Parents. Whether a move failed because of one is found out by `parents.ts`: servers answer 32, 1, 80 and 53.
  {
    subCodes: ['00002089'],
    operations: ['add', 'move'],
    errorCode: 'ExportErrorNonExistingParent',
    sentence: noParent,
  },
  { codes: [32], operations: ['add'], errorCode: 'ExportErrorNonExistingParent', sentence: noParent },
  {
    codes: [53],
    operations: ['add', 'move'],
    text: /no global superior knowledge/i,
    errorCode: 'ExportErrorNonExistingParent',
    sentence: (facts) => `${noParent(facts)} ${outside(facts)}`,
  },
  { codes: [32], errorCode: 'ExportErrorConnectedDirectoryMissingObject', sentence: missing },

  // References.
  {
    subCodes: ['000020B5'],
    errorCode: 'ExportActionRetryReferenceAttribute',
    sentence: ({ attribute }) => `An object that ${attribute} refers to does not exist.`,
  },

  // Mandatory attributes.
  { subCodes: ['0000207B', '0000207C'], errorCode: 'ExportErrorMissingProvisioningAttribute', sentence: required },
  {
    codes: [65, 16, 17, 19, 80],
    text: /requires attribute|missing (?:required )?attribute|Required attributes|mandatory attribute|missing mandatory/i,
    errorCode: 'ExportErrorMissingProvisioningAttribute',
    sentence: required,
  },

  // Object classes.
  {
    codes: [21, 65, 80, 16, 17, 54],
    text: /objectClass: value #\d+ invalid|unknown object ?class|OBJECT_CLASS for OID .* does not exist|objectclass .*(?:not found|unknown|is not a valid)|no such object ?class/i,
    errorCode: 'ExportErrorInvalidProvisioningAttributeValue',
    sentence: unknownClass,
  },
  {
    codes: [65],
    text: /no structural object class|structural object class chain/i,
    errorCode: 'ExportErrorInvalidProvisioningAttributeValue',
    sentence: () => 'The object classes must hold exactly one that is structural, with its superclasses.',
  },
  {
    codes: [69],
    errorCode: 'ExportErrorConstraintViolation',
    sentence: () => 'The structural object class of an entry cannot change.',
  },

  // Several values where one may be.
  {
    codes: [19, 20, 65],
    text: /multiple values|has multiple|more than one value|single.valued?\b/i,
    errorCode: 'ExportErrorConstraintViolation',
    sentence: severalValues,
  },
  { subCodes: ['00002081'], errorCode: 'ExportErrorConstraintViolation', sentence: severalValues },

  // Attributes that are not allowed, not known, not ours to write.
  {
    text: /no user modification|is not modifiable|operational attribute|Cannot modify the attribute|only be modified as system/i,
    codes: [19, 50, 53],
    errorCode: 'ExportErrorConstraintViolation',
    sentence: readOnlyAttribute,
  },
  {
    codes: [53],
    text: /Modification of attribute \S+ is not allowed/i,
    errorCode: 'ExportErrorConstraintViolation',
    sentence: readOnlyAttribute,
  },
  {
    subCodes: ['00002077', '0000209A', '000020B1'],
    errorCode: 'ExportErrorConstraintViolation',
    sentence: readOnlyAttribute,
  },
  {
    codes: [17],
    text: /requires ;binary/i,
    errorCode: 'ExportErrorInvalidProvisioningAttributeValue',
    sentence: ({ attribute }) => `The server takes ${attribute} with the option ;binary only; add the attribute alias.`,
  },
  { codes: [17], errorCode: 'ExportErrorInvalidProvisioningAttributeValue', sentence: unknown },
  {
    codes: [16],
    text: /not found in the schema|attribute type undefined|does not exist|conversion operation/i,
    errorCode: 'ExportErrorInvalidProvisioningAttributeValue',
    sentence: unknown,
  },
  {
    codes: [16],
    subCodes: ['0000200A', '0000200C'],
    errorCode: 'ExportErrorInvalidProvisioningAttributeValue',
    sentence: unknown,
  },
  {
    codes: [65, 16],
    text: /not allowed|not declared|does not exist in the specified objectclasses/i,
    errorCode: 'ExportErrorInvalidProvisioningAttributeValue',
    sentence: notAllowed,
  },
  {
    codes: [16],
    operations: ['modify'],
    errorCode: 'ExportErrorConstraintViolation',
    sentence: ({ attribute }) => `A value of ${attribute} that is to go is not there.`,
  },
  {
    codes: [65, 16],
    errorCode: 'ExportErrorInvalidProvisioningAttributeValue',
    sentence: () => 'The entry does not fit its object classes.',
  },
  {
    codes: [20],
    errorCode: 'ExportErrorConstraintViolation',
    sentence: ({ attribute }) => `A value of ${attribute} is there already.`,
  },

  // Values and names.
  {
    codes: [34],
    operations: ['modify'],
    errorCode: 'ExportErrorSyntaxViolation',
    sentence: ({ attribute }) => `A value of ${attribute} is not a distinguished name.`,
  },
  // Active Directory and Samba answer the same to a malformed value of `manager` and its like, and do not say which it was.
  {
    codes: [34],
    operations: ['add'],
    kinds: microsoft,
    errorCode: 'ExportErrorInvalidDN',
    sentence: ({ dn }) =>
      `The server does not accept "${dn}" as the name of the entry, or the value of an attribute as a distinguished name.`,
  },
  {
    codes: [34],
    errorCode: 'ExportErrorInvalidDN',
    sentence: ({ dn }) => `The server does not accept "${dn}" as the name of the entry.`,
  },
  { codes: [21], errorCode: 'ExportErrorSyntaxViolation', sentence: syntax },
  {
    codes: [80],
    kinds: ['ApacheDS'],
    text: /ERR_\w+.*(?:syntax|is not valid|invalid|incorrect)/i,
    errorCode: 'ExportErrorSyntaxViolation',
    sentence: syntax,
  },
  {
    codes: [80],
    kinds: ['ApacheDS'],
    operations: ['add', 'modify'],
    text: /ERR_0?4\d\d\d|DN|Rdn/,
    errorCode: 'ExportErrorSyntaxViolation',
    sentence: syntax,
  },
  { codes: [64, 67], errorCode: 'ExportErrorChangeNamingAttribute', sentence: naming },
  {
    codes: [19],
    errorCode: 'ExportErrorConstraintViolation',
    sentence: ({ attribute }) => `The directory does not accept the value of ${attribute}.`,
  },
  {
    codes: [18],
    errorCode: 'ExportErrorConstraintViolation',
    sentence: ({ attribute }) => `The server cannot compare values of ${attribute}.`,
  },

  // Rights, referrals, state of the server.
  {
    codes: [50, 123],
    errorCode: 'ExportErrorPermissionIssue',
    sentence: ({ dn }) => `The account of the connector may not do this to "${dn}".`,
  },
  {
    codes: [8, 13],
    errorCode: 'ExportErrorPermissionIssue',
    sentence: () => 'The server wants a stronger authentication or an encrypted connection for this.',
  },
  {
    codes: [10],
    errorCode: 'ExportErrorConnectedDirectoryError',
    sentence: ({ referrals }) =>
      `The server does not hold this entry itself; it refers to ${referrals.join(', ') || 'another server'}, and referrals are not followed.`,
  },
  {
    codes: [66],
    errorCode: 'ExportErrorConnectedDirectoryExistingObject',
    sentence: ({ dn }) => `"${dn}" has children; it is deleted with them only where Tree Delete is chosen.`,
  },
  {
    codes: [122],
    errorCode: 'ExportErrorAmbiguousUpdate',
    sentence: ({ dn }) => `"${dn}" is not the entry that was to be changed any more.`,
  },
  {
    codes: [53],
    text: /shadow context|read.?only|referral/i,
    errorCode: 'ExportErrorConnectedDirectoryError',
    sentence: () => 'This server holds a copy that cannot be written to.',
  },
  {
    codes: [53],
    subCodes: ['00000561', '00002084', '00002085'],
    errorCode: 'ExportErrorConstraintViolation',
    sentence: ({ attribute }) => `A value of ${attribute} that is to go is not there.`,
  },
  {
    codes: [53],
    errorCode: 'ExportErrorConnectedDirectoryError',
    sentence: () => 'The server is not willing to do this.',
  },
  {
    codes: [1],
    kinds: microsoft,
    subCodes: ['000004DC'],
    errorCode: 'ExportErrorConnectedDirectoryError',
    sentence: unavailable,
  },
  { codes: [3, 11, 51, 52, 54], errorCode: 'ExportErrorConnectedDirectoryError', sentence: unavailable },
  {
    codes: [7, 48, 49],
    errorCode: 'ExportErrorConnectedDirectoryError',
    sentence: () => 'The server does not accept the account of the connector any more.',
  },
  { errorCode: 'ExportErrorCustomContinueRun', sentence: () => 'The directory refused the change.' },
];

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
