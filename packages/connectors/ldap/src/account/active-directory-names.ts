import { type CSEntryChange, formatValue } from '@joinery/connector';
import type { ExportFault } from '../export/fault.ts';
import { changeOfAttribute, newValue } from './wanted-state.ts';

/** Of people; groups may have longer ones. Samba checks none of this, Windows refuses to sign in with what it lets through. */
const LONGEST_ACCOUNT_NAME = 20;
const LONGEST_GROUP_NAME = 256;
const FORBIDDEN = '"/\\[]:;|=,+*?<>@';

/** Global, domain local, universal: one of them, and whether the group is for security ([MS-ADTS] 2.2.12). */
const GROUP_SCOPES: ReadonlySet<bigint> = new Set([2n, 4n, 8n]);
const SECURITY_GROUP = 0x80000000n;

/**
 * What Active Directory asks of the names of accounts and of the kind of groups, checked before anything is sent: its own answers to
 * these name no attribute (LDAP sheet 5.6), and Samba takes them.
 * @param isPerson the entry is an account of a person
 * @returns undefined where nothing is wrong
 */
export function wrongName(entry: CSEntryChange, isPerson: boolean): ExportFault | undefined {
  const value = (name: string): string | undefined => {
    const change = changeOfAttribute(entry, name);
    const found = change === undefined ? undefined : newValue(change);
    return found === undefined ? undefined : formatValue(found);
  };
  return (
    wrongAccountName(value('sAMAccountName'), isPerson) ??
    wrongPrincipalName(value('userPrincipalName')) ??
    wrongGroupType(value('groupType'))
  );
}

function wrongAccountName(name: string | undefined, isPerson: boolean): ExportFault | undefined {
  if (name === undefined || name === '') return undefined;
  const longest = isPerson ? LONGEST_ACCOUNT_NAME : LONGEST_GROUP_NAME;
  if (name.length > longest) {
    return fault('sAMAccountName', `may be ${longest} characters long at most; "${name}" has ${name.length}.`);
  }
  const forbidden = [...name].find((each) => FORBIDDEN.includes(each) || each < ' ');
  if (forbidden !== undefined) {
    return fault(
      'sAMAccountName',
      `must not hold any of ${[...FORBIDDEN].join(' ')} or control characters: "${name}".`,
    );
  }
  return /\.$|^[. ]*$/.test(name) ? fault('sAMAccountName', `must not end with a full stop: "${name}".`) : undefined;
}

function wrongPrincipalName(name: string | undefined): ExportFault | undefined {
  return name === undefined || name === '' || /^[^@\s][^@]*@[^@\s.]+(?:\.[^@\s.]+)*$/.test(name)
    ? undefined
    : fault('userPrincipalName', `must have the form name@domain: "${name}".`);
}

function wrongGroupType(value: string | undefined): ExportFault | undefined {
  if (value === undefined || !/^-?\d+$/.test(value)) return undefined;
  const scope = BigInt.asUintN(32, BigInt(value)) & ~SECURITY_GROUP;
  return GROUP_SCOPES.has(scope)
    ? undefined
    : fault(
        'groupType',
        `must be 2 (global), 4 (domain local) or 8 (universal), for security groups minus 2147483648, e.g. -2147483646; not ${value}.`,
      );
}

function fault(attribute: string, rest: string): ExportFault {
  return {
    errorCode: 'ExportErrorInvalidAttributeValue',
    errorName: 'invalidValue',
    errorDetail: `The attribute "${attribute}" ${rest} Nothing was sent.`,
  };
}
