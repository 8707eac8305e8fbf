/*
 * People of a generated directory: inetOrgPerson and posixAccount with 18 attributes, about 540 bytes each on the wire.
 */

export const peopleSuffix = 'dc=contoso,dc=lab';

/** What an entry of a person holds, all of which is read. */
export const personAttributes = [
  'objectClass',
  'uid',
  'cn',
  'sn',
  'givenName',
  'displayName',
  'mail',
  'employeeNumber',
  'employeeType',
  'title',
  'departmentNumber',
  'telephoneNumber',
  'l',
  'uidNumber',
  'gidNumber',
  'homeDirectory',
  'loginShell',
  'gecos',
] as const;

const givenNames = ['Britta', 'Joseph', 'Aiko', 'Pedro', 'Wanjiru', 'Ines', 'Olaf', 'Priya', 'Chen', 'Salma'];
const surnames = ['Simon', 'Sheridan', 'Tanaka', 'Armijo', 'Kamau', 'Duarte', 'Lindqvist', 'Raman', 'Zhou', 'Haddad'];
const towns = ['Lisbon', 'Nairobi', 'Osaka', 'Malmö', 'Tunis', 'Porto', 'Pune'];

/** The DN of the n-th person. */
export function personDn(n: number): string {
  return `uid=person${n},ou=people,${peopleSuffix}`;
}

/** LDIF of the suffix, its containers, the connector's account and so many people, some hundred at a time. */
export function* peopleLdif(count: number): Generator<string> {
  yield [
    `dn: ${peopleSuffix}\nobjectClass: organization\nobjectClass: dcObject\no: Contoso\ndc: contoso\n`,
    ...['people', 'groups', 'services'].map(
      (ou) => `dn: ou=${ou},${peopleSuffix}\nobjectClass: organizationalUnit\nou: ${ou}\n`,
    ),
    `dn: cn=connector,ou=services,${peopleSuffix}\nobjectClass: organizationalRole\nobjectClass: simpleSecurityObject\ncn: connector\nuserPassword: secret\n`,
    '',
  ].join('\n');
  const atOnce = 500;
  for (let from = 0; from < count; from += atOnce) {
    let text = '';
    for (let n = from; n < Math.min(from + atOnce, count); n++) text += `${personLdif(n)}\n`;
    yield text;
  }
}

function personLdif(n: number): string {
  const given = givenNames[n % givenNames.length] ?? '';
  const surname = surnames[Math.floor(n / 10) % surnames.length] ?? '';
  const town = towns[n % towns.length] ?? '';
  return `dn: ${personDn(n)}
objectClass: inetOrgPerson
objectClass: posixAccount
uid: person${n}
cn: ${given} ${surname} ${n}
sn: ${surname}
givenName: ${given}
displayName: ${given} ${surname}
mail: ${given.toLowerCase()}.${surname.toLowerCase()}.${n}@contoso.example
employeeNumber: E${String(n).padStart(8, '0')}
employeeType: ${n % 11 === 0 ? 'Contractor' : 'Employee'}
title: Engineer, grade ${n % 9}
departmentNumber: D-${n % 250}
telephoneNumber: +351 21 ${String(n % 1_000_000).padStart(7, '0')}
l:: ${Buffer.from(town).toString('base64')}
uidNumber: ${10_000 + n}
gidNumber: ${10_000 + (n % 50)}
homeDirectory: /home/person${n}
loginShell: /bin/bash
gecos: ${given} ${surname}
`;
}
