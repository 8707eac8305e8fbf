import type { AttributeType } from '@joinery/connector';

/** The arc of RFC 4517: `15` is 1.3.6.1.4.1.1466.115.121.1.15. */
const RFC_4517 = '1.3.6.1.4.1.1466.115.121.1.';
/** The arc of Microsoft's directories. */
const MICROSOFT = '1.2.840.113556.1.4.';

/** LDAP sheet 3.5. What is not here is text unless the server says X-NOT-HUMAN-READABLE. */
const TYPES: ReadonlyMap<string, AttributeType> = new Map([
  ...each(RFC_4517, 'String', [
    // Text of the directory: directory, IA5, printable, country, numeric, postal, telephone, telex, facsimile, other mailbox.
    ...[15, 26, 44, 11, 36, 41, 50, 52, 51, 22, 39],
    // Names and text of the schema: OID, attribute type, DIT content rule and structure rule, guide, matching rule and its use, name form, object class, LDAP syntax, substring assertion.
    ...[38, 3, 16, 17, 25, 30, 31, 35, 37, 54, 58],
    // Generalized time and UTC time stay text, as in the original.
    ...[24, 53],
    // A bit string is the text '0101'B (RFC 4517 3.3.2), as are delivery method, presentation address and protocol information.
    ...[6, 14, 43, 42],
  ]),
  ...each(RFC_4517, 'Integer', [27]),
  ...each(RFC_4517, 'Boolean', [7]),
  // Name and optional UID (`uniqueMember`) names an entry like a DN; the UID is hardly ever there.
  ...each(RFC_4517, 'Reference', [12, 34]),
  // Binary, audio, certificate, certificate list, certificate pair, fax, JPEG, octet string, supported algorithm.
  ...each(RFC_4517, 'Binary', [5, 4, 8, 9, 10, 23, 28, 40, 49]),
  // UUID in text form (RFC 4530), NIS netgroup triple and boot parameter (RFC 2307).
  ...each('1.3.6.1.1.', 'String', ['16.1', '1.0.0', '1.0.1']),
  // Large integer: FILETIME and update sequence numbers.
  ...each(MICROSOFT, 'Integer', [906]),
  // Case-ignoring strings; DN with bytes and DN with text.
  ...each(MICROSOFT, 'String', [905, 1221, 903, 904]),
  // Security descriptor.
  ...each(MICROSOFT, 'Binary', [907]),
]);

/**
 * The type of the values of a syntax (LDAP sheet 3.5), never decided by the values themselves.
 * @param syntax the OID, undefined where an attribute type and its superiors have none: text then
 * @param notHumanReadable what the server's X-NOT-HUMAN-READABLE says of the syntax; decides only for syntaxes that are not known
 */
export function typeOfSyntax(syntax: string | undefined, notHumanReadable: boolean): AttributeType {
  const known = syntax === undefined ? 'String' : TYPES.get(syntax);
  return known ?? (notHumanReadable ? 'Binary' : 'String');
}

function each(
  arc: string,
  type: AttributeType,
  numbers: readonly (number | string)[],
): readonly (readonly [string, AttributeType])[] {
  return numbers.map((number) => [`${arc}${number}`, type] as const);
}
