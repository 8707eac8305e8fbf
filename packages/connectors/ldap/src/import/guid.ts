/*
 * GUIDs are sixteen octets in the directory and text everywhere else. Active Directory writes the first three groups with the least
 * significant octet first (LDAP sheet 4.5); eDirectory's octets come in the order of the text.
 */

export type GuidOrder = 'microsoft' | 'plain';

const LENGTH = 16;
/** Which octet stands at each place of Microsoft's text form. */
const microsoftOrder = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

/** `dd438655-b3b5-499a-bc06-17df0b95a2e7` for its octets; plain hexadecimal digits where there are not sixteen of them. */
export function guidText(octets: Buffer, order: GuidOrder): string {
  if (octets.length !== LENGTH) return octets.toString('hex');
  const hex = (order === 'plain' ? octets : reordered(octets)).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The octets of a text form, with or without dashes and braces; undefined where it is none. */
export function guidOctets(text: string, order: GuidOrder): Buffer | undefined {
  const digits = text.replace(/[-{}]/g, '');
  if (!/^[0-9a-f]{32}$/i.test(digits)) return undefined;
  const octets = Buffer.from(digits, 'hex');
  // The order is its own inverse.
  return order === 'plain' ? octets : reordered(octets);
}

function reordered(octets: Buffer): Buffer {
  return Buffer.from(microsoftOrder.map((from) => octets.readUInt8(from)));
}

const guidAttributes: ReadonlyMap<string, GuidOrder> = new Map([
  ['objectguid', 'microsoft'],
  ['guid', 'plain'],
]);

/** How the octets of an attribute are ordered that is shown as a GUID; undefined for every other attribute. */
export function guidOrderOf(attribute: string): GuidOrder | undefined {
  return guidAttributes.get(attribute.toLowerCase());
}
