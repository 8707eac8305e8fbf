import type { CSEntryChangeResult, ExportErrorCode } from '@joinery/connector';
import type { ServerKind } from '../detection/profile.ts';
import type { OctetString } from '../protocol/filter.ts';
import type { LdapResult } from '../protocol/result.ts';
import { resultCodeName } from '../protocol/result-code.ts';
import { type ExportOperation, type FaultRow, faultTable } from './error-table.ts';
import { microsoftSubCode, microsoftSubCodes } from './microsoft-sub-code.ts';
import { namedAttribute } from './named-attribute.ts';
import { scrub } from './scrub.ts';

/** What was asked of the server, for the words about its refusal. */
export interface Asked {
  readonly operation: ExportOperation;
  readonly kind: ServerKind;
  readonly dn: string;
  /** Undefined for an entry without a parent. */
  readonly parent: string | undefined;
  /** The only attribute that was asked about, where it is the only one; for servers that name none. */
  readonly attribute?: string | undefined;
  /** Values of password attributes that were in the request. */
  readonly secrets: readonly OctetString[];
}

/** Why the write of one entry failed; data for its result, never thrown over the edge of the export. */
export interface ExportFault {
  readonly errorCode: Exclude<ExportErrorCode, 'Success'>;
  /** The LDAP result code, e.g. `objectClassViolation (65)`. */
  readonly errorName: string;
  /** A sentence that names attribute or parent, and the server's own words. */
  readonly errorDetail: string;
}

/** What a server's refusal means (LDAP sheet 5.6): the row of the table that fits, and words without secrets. */
export function faultOf(result: LdapResult, asked: Asked): ExportFault {
  const { diagnosticMessage, code, referrals } = result;
  const subCode = microsoftSubCode(diagnosticMessage);
  const row = faultTable.find((each) => fits(each, code, subCode, diagnosticMessage, asked));
  // The table's last row fits everything.
  if (row === undefined) throw new TypeError('The table of faults has no last row.');
  const named = namedAttribute(diagnosticMessage) ?? asked.attribute;
  const sentence = row.sentence({
    dn: asked.dn,
    parent: asked.parent ?? '',
    attribute: named === undefined ? 'an attribute' : `the attribute "${named}"`,
    referrals,
  });
  const meaning = subCode === undefined ? undefined : microsoftSubCodes.get(subCode);
  const words = scrub(diagnosticMessage, asked.secrets);
  const said = [words, meaning === undefined ? '' : `(${meaning})`].filter((each) => each !== '').join(' ');
  return {
    errorCode: row.errorCode,
    errorName: resultCodeName(code),
    errorDetail: said === '' ? sentence : `${sentence} The server says: ${said}`,
  };
}

/** The fault of an entry whose parent is not there, whatever the server answered (LDAP sheet 5.6, L49). */
export function missingParent(result: LdapResult, asked: Asked): ExportFault {
  return {
    ...faultOf(result, asked),
    errorCode: 'ExportErrorNonExistingParent',
    errorDetail: `The parent "${asked.parent ?? ''}" does not exist. The server says: ${scrub(result.diagnosticMessage, asked.secrets)}`,
  };
}

/** A fault as the result of its entry. */
export function failed(identifier: string, fault: ExportFault): CSEntryChangeResult {
  return { identifier, ...fault };
}

function fits(
  { codes, operations, kinds, subCodes, text }: FaultRow,
  code: number,
  subCode: string | undefined,
  diagnostic: string,
  { operation, kind }: Asked,
): boolean {
  return (
    (codes === undefined || codes.includes(code)) &&
    (operations === undefined || operations.includes(operation)) &&
    (kinds === undefined || kinds.includes(kind)) &&
    (subCodes === undefined || (subCode !== undefined && subCodes.includes(subCode))) &&
    (text === undefined || text.test(diagnostic))
  );
}
