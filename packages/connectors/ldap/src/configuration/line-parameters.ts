/*
 * Parameters that hold a list, one item a line. Each reader returns what it read, or a sentence about the first line that it cannot.
 */

/** RFC 4512 1.4: a descriptor or an object identifier; underscores are not allowed there and occur all the same. */
export const schemaName = /^(?:[A-Za-z][A-Za-z0-9_-]*|\d+(?:\.\d+)+)$/;
const identifier = /^\d+(?:\.\d+)+$/;
const option = /^[A-Za-z0-9-]+$/;

/** Lines that hold something, without blanks around. */
export function lines(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Attribute names between commas or line breaks. */
export function parseAttributeNames(text: string): readonly string[] | string {
  const names = lines(text.replaceAll(',', '\n'));
  const bad = names.find((name) => !schemaName.test(name));
  return bad === undefined ? names : `"${bad}" is not the name of an attribute.`;
}

/**
 * Attribute Aliases: `userCertificate;binary` (LDAP sheet 1.2). A published picture of the original shows a line with a colon, so
 * that mistake gets a sentence of its own.
 * @returns the whole description by the attribute's name in lower case
 */
export function parseAliases(text: string): ReadonlyMap<string, string> | string {
  const aliases = new Map<string, string>();
  for (const line of lines(text)) {
    const [name = '', ...options] = line.split(';').map((part) => part.trim());
    const [beforeColon = '', afterColon = ''] = line.split(':').map((part) => part.trim());
    if (line.includes(':')) return `"${line}" has a colon: write ${beforeColon};${afterColon}, with a semicolon.`;
    if (!schemaName.test(name) || options.length === 0 || !options.every((each) => option.test(each))) {
      return `"${line}" does not have the form attribute;option, e.g. userCertificate;binary.`;
    }
    if (aliases.has(name.toLowerCase())) return `The attribute "${name}" is given twice.`;
    aliases.set(name.toLowerCase(), [name, ...options].join(';'));
  }
  return aliases;
}

/** The text that {@link parseAliases} reads back. */
export function printAliases(aliases: ReadonlyMap<string, string>): string {
  return [...aliases.values()].join('\n');
}

/** Auxiliary Classes: `inetOrgPerson = posixAccount, shadowAccount`, by class in lower case. */
export function parseAuxiliaryClasses(text: string): ReadonlyMap<string, readonly string[]> | string {
  const classes = new Map<string, readonly string[]>();
  for (const line of lines(text)) {
    const [structural = '', list = '', ...rest] = line.split('=').map((part) => part.trim());
    const auxiliary = list.split(',').map((name) => name.trim());
    const isName = structural === '*' || schemaName.test(structural);
    if (!isName || rest.length > 0 || !auxiliary.every((name) => schemaName.test(name))) {
      return `"${line}" does not have the form class = auxiliary class, auxiliary class.`;
    }
    if (classes.has(structural.toLowerCase())) return `The class "${structural}" is given twice.`;
    classes.set(structural.toLowerCase(), auxiliary);
  }
  return classes;
}

/** The text that {@link parseAuxiliaryClasses} reads back. */
export function printAuxiliaryClasses(classes: ReadonlyMap<string, readonly string[]>): string {
  return [...classes].map(([structural, auxiliary]) => `${structural} = ${auxiliary.join(', ')}`).join('\n');
}

/** Provisioning Hierarchy: `ou=organizationalUnit`, by component in lower case (LDAP sheet 1.4). */
export function parseHierarchy(text: string): ReadonlyMap<string, string> | string {
  const hierarchy = new Map<string, string>();
  for (const line of lines(text)) {
    const [component = '', objectClass = '', ...rest] = line.split('=').map((part) => part.trim());
    if (!schemaName.test(component) || !schemaName.test(objectClass) || rest.length > 0) {
      return `"${line}" does not have the form component=class, e.g. ou=organizationalUnit.`;
    }
    if (hierarchy.has(component.toLowerCase())) return `The component "${component}" is given twice.`;
    hierarchy.set(component.toLowerCase(), objectClass);
  }
  return hierarchy;
}

/** The text that {@link parseHierarchy} reads back. */
export function printHierarchy(hierarchy: ReadonlyMap<string, string>): string {
  return [...hierarchy].map(([component, objectClass]) => `${component}=${objectClass}`).join('\n');
}

export interface ControlCorrections {
  readonly controlsOn: readonly string[];
  readonly controlsOff: readonly string[];
}

/** Supported Controls: `+OID` and `-OID`. */
export function parseControls(text: string): ControlCorrections | string {
  const controlsOn: string[] = [];
  const controlsOff: string[] = [];
  for (const line of lines(text)) {
    const oid = line.slice(1).trim();
    if (!/^[+-]/.test(line) || !identifier.test(oid)) return `"${line}" does not have the form +OID or -OID.`;
    if ([...controlsOn, ...controlsOff].includes(oid)) return `The control "${oid}" is given twice.`;
    (line.startsWith('+') ? controlsOn : controlsOff).push(oid);
  }
  return { controlsOn, controlsOff };
}

/** The text that {@link parseControls} reads back. */
export function printControls({ controlsOn, controlsOff }: ControlCorrections): string {
  return [...controlsOn.map((oid) => `+${oid}`), ...controlsOff.map((oid) => `-${oid}`)].join('\n');
}
