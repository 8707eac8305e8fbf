/*
 * Security identifiers are octets in Active Directory and `S-1-5-21-…` to people ([MS-DTYP] 2.4.2.1, 2.4.2.2; LDAP sheet 3.5).
 */

const REVISION = 1;
/** Revision, number of sub-authorities, authority of six octets with the most significant first. */
const HEADER = 8;
const SUB_AUTHORITY = 4;
/** An authority of 2^32 and more stands in hexadecimal. */
const DECIMAL_AUTHORITIES = 2 ** 32;

const sidAttributes: ReadonlySet<string> = new Set(['objectsid', 'sidhistory', 'securityidentifier']);

/** True for attributes whose octets are shown as a security identifier. */
export function isSid(attribute: string): boolean {
  return sidAttributes.has(attribute.toLowerCase());
}

/** `S-1-5-21-1004336348-1177238915-682003330-512` for its octets; plain hexadecimal digits where they are no security identifier. */
export function sidText(octets: Buffer): string {
  if (octets.length < HEADER || octets.readUInt8(0) !== REVISION) return octets.toString('hex');
  if (octets.length !== HEADER + octets.readUInt8(1) * SUB_AUTHORITY) return octets.toString('hex');
  const authority = octets.readUIntBE(2, 6);
  const parts = [
    authority < DECIMAL_AUTHORITIES ? String(authority) : `0x${authority.toString(16).toUpperCase().padStart(12, '0')}`,
  ];
  for (let at = HEADER; at < octets.length; at += SUB_AUTHORITY) parts.push(String(octets.readUInt32LE(at)));
  return `S-1-${parts.join('-')}`;
}
