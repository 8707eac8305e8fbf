import { type ExportErrorCode, parentDn } from '@joinery/connector';
import { describe, expect, test } from 'vitest';
import { apacheds, ds389, openldap, samba } from '../../../../../testing/directories/directories.ts';
import type { DirectoryKind } from '../../../../../testing/directories/directory.ts';
import { freshBase } from '../../../../../testing/directories/fresh-base.ts';
import { shared } from '../../../../../testing/shared.ts';
import type { ExportOperation } from '../../src/export/error-table.ts';
import { faultOf } from '../../src/export/fault.ts';
import type { AttributeValues, Modification, Request } from '../../src/protocol/request.ts';
import { never, Target } from './target.ts';

/** What a server answers to a mistake, what it becomes, and what its words must name. */
type Answer = readonly [code: number, becomes: ExportErrorCode, names?: string | RegExp];

interface Mistake {
  readonly title: string;
  readonly operation: ExportOperation;
  readonly request: (place: Place) => Request;
  readonly answers: Partial<Record<DirectoryKind, Answer>>;
}

/** Where a mistake is made: a container with a person in it, and an `ou` with a child. */
interface Place {
  readonly base: string;
  readonly person: string;
  /** A DN outside all naming contexts. */
  readonly outside: string;
  readonly attributes: (values: Readonly<Record<string, string | readonly string[]>>) => readonly AttributeValues[];
}

const exists = 'ExportErrorConnectedDirectoryExistingObject';
const missing = 'ExportErrorConnectedDirectoryMissingObject';
const parent = 'ExportErrorNonExistingParent';
const required = 'ExportErrorMissingProvisioningAttribute';
const invalid = 'ExportErrorInvalidProvisioningAttributeValue';
const constraint = 'ExportErrorConstraintViolation';
const syntax = 'ExportErrorSyntaxViolation';
const naming = 'ExportErrorChangeNamingAttribute';

const modify =
  (...modifications: readonly Modification[]) =>
  ({ person }: Place): Request => ({ operation: 'modify', dn: person, modifications });

const sn = { sn: 'Smith' };

/** LDAP sheet 5.5. */
const mistakes: readonly Mistake[] = [
  {
    title: 'adding an entry that exists, in another letter case',
    operation: 'add',
    request: ({ person, attributes }) => ({ operation: 'add', dn: person.toUpperCase(), attributes: attributes(sn) }),
    answers: all([68, exists, 'CN=PERSON']),
  },
  {
    title: 'L49 adding below a parent that is not there',
    operation: 'add',
    request: ({ base, attributes }) => ({ operation: 'add', dn: `cn=x,ou=nobody,${base}`, attributes: attributes(sn) }),
    answers: all([32, parent, 'The parent "ou=nobody,']),
  },
  {
    title: 'L49 adding outside all naming contexts',
    operation: 'add',
    request: ({ outside, attributes }) => ({ operation: 'add', dn: `cn=x,${outside}`, attributes: attributes(sn) }),
    answers: { ...all([32, parent, 'The parent "dc=elsewhere"']), OpenLDAP: [53, parent, 'The parent "dc=elsewhere"'] },
  },
  {
    title: 'L50 a mandatory attribute is missing',
    operation: 'add',
    request: ({ base, attributes }) => ({ operation: 'add', dn: `cn=x,${base}`, attributes: attributes({}) }),
    answers: { OpenLDAP: [65, required, '"sn"'], 389: [65, required, '"sn"'], ApacheDS: [65, required, '"sn"'] },
  },
  {
    title: 'L50 an attribute that the classes do not allow',
    operation: 'add',
    request: ({ base, attributes }) => ({
      operation: 'add',
      dn: `cn=x,${base}`,
      attributes: attributes({ ...sn, uniqueMember: `cn=a,${base}` }),
    }),
    answers: {
      OpenLDAP: [65, invalid, '"uniqueMember"'],
      389: [65, invalid, /"uniqueMember"/i],
      ApacheDS: [65, invalid, '"uniqueMember"'],
    },
  },
  {
    title: 'L50 an attribute that the classes of Active Directory do not allow',
    operation: 'add',
    request: ({ base, attributes }) => ({
      operation: 'add',
      dn: `cn=x,${base}`,
      attributes: attributes({ gPLink: 'x' }),
    }),
    answers: { Samba: [65, invalid, '"gPLink"'] },
  },
  {
    title: 'L50 an attribute that the schema does not know',
    operation: 'add',
    request: ({ base, attributes }) => ({
      operation: 'add',
      dn: `cn=x,${base}`,
      attributes: attributes({ ...sn, nonsense: 'x' }),
    }),
    answers: {
      OpenLDAP: [17, invalid, '"nonsense"'],
      389: [65, invalid, '"nonsense"'],
      ApacheDS: [16, invalid, /nonsense/],
      Samba: [16, invalid, '"nonsense"'],
    },
  },
  {
    title: 'L50 an object class that is not known',
    operation: 'add',
    request: ({ base, attributes }) => ({
      operation: 'add',
      dn: `cn=x,${base}`,
      attributes: [...attributes(sn).slice(1), { type: 'objectClass', values: ['top', 'nonsense'] }],
    }),
    answers: {
      OpenLDAP: [21, invalid, 'objectClass: value #1 invalid per syntax'],
      389: [65, invalid, 'object class'],
      ApacheDS: [54, invalid, 'object class'],
      Samba: [16, invalid],
    },
  },
  {
    title: 'a malformed DN as value',
    operation: 'modify',
    request: modify({ operation: 'replace', type: 'manager', values: ['nonsense'] }),
    answers: {
      OpenLDAP: [21, syntax, '"manager"'],
      389: [21, syntax, '"manager"'],
      ApacheDS: [80, syntax],
      Samba: [34, syntax, '"manager"'],
    },
  },
  {
    title: 'a malformed DN as value of a new entry',
    operation: 'add',
    request: ({ base, attributes }) => ({
      operation: 'add',
      dn: `cn=malformed,${base}`,
      attributes: attributes({ ...sn, manager: 'nonsense' }),
    }),
    answers: {
      OpenLDAP: [21, syntax, '"manager"'],
      389: [21, syntax, '"manager"'],
      Samba: [34, 'ExportErrorInvalidDN', 'or the value of an attribute as a distinguished name'],
    },
  },
  {
    title: 'the account name of another account',
    operation: 'add',
    request: ({ base, attributes }) => ({
      operation: 'add',
      dn: `cn=administrator,${base}`,
      attributes: attributes({ ...sn, sAMAccountName: 'Administrator' }),
    }),
    answers: { Samba: [68, exists, /value of the attribute "samAccountName" already/i] },
  },
  {
    title: 'a DN as value of nobody',
    operation: 'modify',
    request: modify({ operation: 'replace', type: 'manager', values: ['cn=nobody,dc=contoso,dc=lab'] }),
    answers: { Samba: [19, 'ExportActionRetryReferenceAttribute', '"manager"'] },
  },
  {
    title: 'L63 two values for an attribute of one value',
    operation: 'modify',
    request: modify({ operation: 'replace', type: 'preferredLanguage', values: ['en', 'de'] }),
    answers: {
      OpenLDAP: [19, constraint, '"preferredLanguage"'],
      389: [65, constraint, '"preferredLanguage"'],
      ApacheDS: [19, constraint, /preferredLanguage/i],
    },
  },
  {
    title: 'two values for an attribute of one value of Active Directory',
    operation: 'modify',
    request: modify({ operation: 'replace', type: 'title', values: ['a', 'b'] }),
    answers: { Samba: [20, constraint, '"title" holds one value'] },
  },
  {
    title: 'an empty value',
    operation: 'modify',
    request: modify({ operation: 'replace', type: 'telephoneNumber', values: [''] }),
    answers: {
      OpenLDAP: [21, syntax, '"telephoneNumber"'],
      389: [21, syntax, '"telephoneNumber"'],
      ApacheDS: [21, syntax],
      Samba: [21, syntax, '"telephoneNumber"'],
    },
  },
  {
    title: 'another name than the attribute says',
    operation: 'add',
    request: ({ base, attributes }) => ({
      operation: 'add',
      dn: `cn=x,${base}`,
      attributes: attributes({ ...sn, cn: 'y' }),
    }),
    answers: { Samba: [34, 'ExportErrorInvalidDN', 'cn=x,'] },
  },
  {
    title: 'changing an entry that is not there',
    operation: 'modify',
    request: ({ base }) => ({
      operation: 'modify',
      dn: `cn=nobody,${base}`,
      modifications: [{ operation: 'replace', type: 'description', values: ['x'] }],
    }),
    answers: all([32, missing, 'cn=nobody,']),
  },
  {
    title: 'renaming an entry that is not there',
    operation: 'rename',
    request: ({ base }) => ({ operation: 'modifyDN', dn: `cn=nobody,${base}`, newRdn: 'cn=x', deleteOldRdn: true }),
    answers: all([32, missing, 'cn=nobody,']),
  },
  {
    title: 'deleting an entry that is not there',
    operation: 'delete',
    request: ({ base }) => ({ operation: 'delete', dn: `cn=nobody,${base}` }),
    answers: all([32, missing, 'cn=nobody,']),
  },
  {
    title: 'taking the name away by a modify',
    operation: 'modify',
    request: modify({ operation: 'replace', type: 'cn', values: ['another'] }),
    answers: { OpenLDAP: [64, naming, '"cn"'], 389: [67, naming], ApacheDS: [67, naming], Samba: [67, naming] },
  },
  {
    title: 'taking the structural class away',
    operation: 'modify',
    request: modify({ operation: 'replace', type: 'objectClass', values: ['top', 'organizationalUnit'] }),
    answers: { OpenLDAP: [69, constraint, 'structural'], 389: [65, required, '"ou"'] },
  },
  {
    title: 'writing an attribute that the server keeps',
    operation: 'modify',
    request: modify({ operation: 'replace', type: 'createTimestamp', values: ['20260101000000Z'] }),
    answers: {
      OpenLDAP: [19, constraint, '"createTimestamp"'],
      389: [53, 'ExportErrorConnectedDirectoryError'],
      ApacheDS: [50, constraint, '"createTimestamp"'],
      Samba: [19, constraint, 'keeps the attribute "createTimestamp"'],
    },
  },
  {
    title: 'renaming onto a name that is taken',
    operation: 'rename',
    request: ({ person }) => ({ operation: 'modifyDN', dn: person, newRdn: 'cn=other', deleteOldRdn: true }),
    answers: all([68, exists]),
  },
  {
    title: 'deleting an entry with children',
    operation: 'delete',
    request: ({ base }) => ({ operation: 'delete', dn: `ou=full,${base}` }),
    answers: all([66, exists, 'children']),
  },
];

function all(answer: Answer): Record<DirectoryKind, Answer> {
  return { OpenLDAP: answer, 389: answer, ApacheDS: answer, Samba: answer };
}

describe.each([
  ['OpenLDAP', openldap],
  ['389', ds389],
  ['ApacheDS', apacheds],
  ['Samba', samba],
] as const)('what a refusal means, %s', (kind, start) => {
  const opened = shared(async (later) => {
    const server = await start();
    const base = await freshBase(server, later);
    const target = await Target.open(server, {}, later);
    const connection = await target.context.directory.connect('export', never);
    later(() => connection[Symbol.asyncDispose]());
    const objectClass = kind === 'Samba' ? 'user' : 'inetOrgPerson';
    const place: Place = {
      base,
      person: `cn=person,${base}`,
      outside: 'dc=elsewhere',
      attributes: (values) =>
        Object.entries({ objectClass, ...values }).map(([type, value]) => ({
          type,
          values: typeof value === 'string' ? [value] : value,
        })),
    };
    for (const dn of [place.person, `cn=other,${base}`]) {
      await connection.request({ operation: 'add', dn, attributes: place.attributes(sn) }, {}, never);
    }
    for (const dn of [`ou=full,${base}`, `ou=child,ou=full,${base}`]) {
      const attributes = [{ type: 'objectClass', values: ['organizationalUnit'] }];
      await connection.request({ operation: 'add', dn, attributes }, {}, never);
    }
    return { place, connection, serverKind: target.context.profile.kind };
  });

  test.each(mistakes.filter(({ answers }) => answers[kind] !== undefined))('$title', async (mistake) => {
    const { place, connection, serverKind } = opened();
    const { operation, request, answers } = mistake;
    const asked = request(place);
    const result = await connection.request(asked, {}, never);
    const dn = 'dn' in asked ? asked.dn : '';
    const [only] = asked.operation === 'modify' ? asked.modifications : [];
    const about = { operation, kind: serverKind, dn, parent: parentDn(dn), attribute: only?.type, secrets: [] };
    const fault = faultOf(result, about);
    const [code, becomes, names] = answers[kind] ?? [];
    const told = { code: result.code, becomes: fault.errorCode, says: result.diagnosticMessage };
    expect(told).toMatchObject({ code, becomes });
    if (names !== undefined) expect(fault.errorDetail).toMatch(names);
  });
});
