/* Changes of directories as LDIF, for the programs that make them. */

export function person(dn: string, lines = ''): string {
  return `dn: ${dn}\nchangetype: add\nobjectClass: inetOrgPerson\ncn: x\nsn: y\n${lines}`;
}

export function unit(dn: string): string {
  return `dn: ${dn}\nchangetype: add\nobjectClass: organizationalUnit\n`;
}

export function set(dn: string, name: string, value?: string): string {
  return `dn: ${dn}\nchangetype: modify\nreplace: ${name}\n${value === undefined ? '' : `${name}: ${value}\n`}`;
}

export function gone(dn: string): string {
  return `dn: ${dn}\nchangetype: delete\n`;
}

export function renamed(dn: string, rdn: string, superior?: string): string {
  return `dn: ${dn}\nchangetype: modrdn\nnewrdn: ${rdn}\ndeleteoldrdn: 1\n${superior === undefined ? '' : `newsuperior: ${superior}\n`}`;
}
