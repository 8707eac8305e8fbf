/** An attribute description; a number in parentheses behind it is its OID. */
const name = '([A-Za-z][\\w.;-]*|\\d+(?:\\.\\d+)+)';

/** How servers name the attribute in question; the first that fits counts. */
const forms: readonly RegExp[] = [
  // OpenLDAP
  `requires attribute '${name}'`,
  `attribute '${name}' not allowed`,
  `value of (?:single-valued )?naming attribute '${name}'`,
  `^(?:modify/\\w+: )?${name}: (?:value #\\d+|attribute type undefined|multiple values|no user modification|requires ;binary|no such (?:value|attribute)|no equality|no values)`,
  // 389
  `missing attribute "${name}"`,
  `attribute "${name}" not allowed`,
  `single-valued attribute "${name}"`,
  `\\(attribute: "${name}"\\)`,
  `Modification of attribute ${name} is not allowed`,
  // ApacheDS
  `Required attributes \\[${name}(?:\\([\\d.]+\\))?`,
  `Attribute ${name} not declared`,
  `ATTRIBUTE_TYPE for OID ${name} does not exist`,
  `single-valued attribute:? ${name}`,
  `for attribute ${name}`,
  `attributetype \\( [\\d.]+ NAME '${name}'`,
  `[Aa]ttribute type:? '?${name}'?`,
  // Active Directory and AD LDS
  `Att [0-9a-f]+ \\(${name}\\)`,
  // Samba
  `mandatory attribute \\('${name}'\\)`,
  `SINGLE-VALUE attribute ${name}`,
  `Element ${name} has empty`,
  `samldb: ${name} '.*' already in use`,
  `attribute '${name}'`,
  // OpenDJ, OpenDS, ODSEE
  `missing attribute ${name}`,
  `includes attribute ${name}`,
  `conflict was detected for attribute ${name}`,
  `[Aa]ttribute "?${name}"? (?:is|was|has|may|can|does)\\b`,
].map((form) => new RegExp(form));

/** The attribute that a server's diagnostic is about (LDAP sheet 5.6, L50, L51), as the server spells it; undefined where it names none. */
export function namedAttribute(diagnostic: string): string | undefined {
  for (const form of forms) {
    const found = form.exec(diagnostic)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}
