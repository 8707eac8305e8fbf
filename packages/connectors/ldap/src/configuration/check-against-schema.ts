import { suggestion } from '@joinery/runtime';
import type { DirectorySchema, ObjectClassDefinition } from '../schema/directory-schema.ts';
import { Findings } from './findings.ts';
import type { LdapSettings } from './settings.ts';

/** What can be checked of a configuration only when the server's schema is known. @throws CONNECTOR_CONFIGURATION_INVALID */
export function checkAgainstSchema(
  {
    provisioningHierarchy,
    auxiliaryClasses,
    uniqueAttributes,
  }: Pick<LdapSettings, 'provisioningHierarchy' | 'auxiliaryClasses' | 'uniqueAttributes'>,
  schema: DirectorySchema,
): void {
  const findings = new Findings();
  for (const [component, name] of provisioningHierarchy) {
    const objectClass = find('Provisioning Hierarchy', name, schema, findings);
    const fault = objectClass && hierarchyFault(component, objectClass, schema);
    if (fault !== undefined) findings.add('Provisioning Hierarchy', fault);
  }
  for (const [structural, auxiliaries] of auxiliaryClasses) {
    if (structural !== '*') find('Auxiliary Classes', structural, schema, findings);
    for (const name of auxiliaries) {
      if (find('Auxiliary Classes', name, schema, findings)?.kind !== 'structural') continue;
      findings.add(
        'Auxiliary Classes',
        `"${name}" is a structural class: an entry has one of these, and it stands before the "=".`,
      );
    }
  }
  // One that is misspelt would keep nobody from taking the value of another.
  for (const name of uniqueAttributes) {
    if (schema.attributeType(name) !== undefined) continue;
    const names = schema.attributeTypes.map((each) => each.name);
    findings.add('Unique Attributes', `The server has no attribute "${name}".${suggestion(name, names)}`);
  }
  findings.throwIfAny();
}

/** LDAP sheet 1.4: a parent is made of its name alone, so nothing else may be mandatory. */
function hierarchyFault(
  component: string,
  { name }: ObjectClassDefinition,
  schema: DirectorySchema,
): string | undefined {
  const canonical = (attribute: string): string => (schema.attributeType(attribute)?.name ?? attribute).toLowerCase();
  const must = [...schema.attributesOf(name).must].filter((attribute) => canonical(attribute) !== 'objectclass');
  const missing = must.filter((attribute) => canonical(attribute) !== canonical(component));
  if (missing.length === 0) return undefined;
  return `An entry "${component}=…" of the class "${name}" cannot be made of its name alone: the class needs ${missing.join(', ')} too.`;
}

function find(
  parameter: string,
  name: string,
  schema: DirectorySchema,
  findings: Findings,
): ObjectClassDefinition | undefined {
  const found = schema.objectClass(name);
  if (found === undefined) {
    const names = schema.objectClasses.map((each) => each.name);
    findings.add(parameter, `The server has no object class "${name}".${suggestion(name, names)}`);
  }
  return found;
}
