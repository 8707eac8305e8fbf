/** A person of 11 attributes, as the measurements of LDAP sheet 9.2 have them: inetOrgPerson and posixAccount. */
export function newPerson(name: string, number: number): Readonly<Record<string, string | readonly string[]>> {
  return {
    objectClass: ['inetOrgPerson', 'posixAccount'],
    uid: name,
    cn: `Person ${name}`,
    sn: `Surname ${number}`,
    givenName: 'Britta',
    mail: `${name}@contoso.example`,
    title: `Engineer ${number % 7}`,
    telephoneNumber: `+1 555 ${String(number).padStart(7, '0')}`,
    uidNumber: String(1_000_000 + number),
    gidNumber: '100',
    homeDirectory: `/home/${name}`,
  };
}
