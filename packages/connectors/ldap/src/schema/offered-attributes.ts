import type { SchemaAttribute } from '@joinery/connector';
import type { LdapContext } from '../context.ts';
import { madeAttributes } from '../import/entry-plan.ts';
import { guidOrderOf } from '../import/guid.ts';
import { isNeverRead } from '../import/never-read.ts';
import { isSid } from '../import/sid.ts';
import type { AttributeTypeDefinition } from './directory-schema.ts';

export type Offering = Pick<LdapContext, 'schema' | 'profile' | 'settings'>;

/** Operational attributes of the root DSE and the subschema, which no other entry has (RFC 4512 4.2, 5.1). */
const SERVER_LEVEL: ReadonlySet<string> = new Set([
  ...['namingcontexts', 'altserver', 'supportedcontrol', 'supportedextension', 'supportedfeatures'],
  ...['supportedldapversion', 'supportedsaslmechanisms', 'vendorname', 'vendorversion', 'nsbackendsuffix'],
  ...['objectclasses', 'attributetypes', 'matchingrules', 'matchingruleuse', 'ldapsyntaxes', 'ditcontentrules'],
  ...['ditstructurerules', 'nameforms', 'ldapschemas', 'availablesaslmechanisms'],
]);

/**
 * What Active Directory works out for one entry at a time: a search of more than one entry that asks for one of these fails as a whole,
 * on Samba with 1 and 00002020 (MS-ADTS 3.1.1.4.5).
 */
const SINGLE_ENTRY_ONLY: ReadonlySet<string> = new Set([
  ...['tokengroups', 'tokengroupsglobalanduniversal', 'tokengroupsnogcacceptable'],
  ...['msds-tokengroupnames', 'msds-tokengroupnamesglobalanduniversal', 'msds-tokengroupnamesnogcacceptable'],
  ...['msds-memberoftransitive', 'msds-membertransitive'],
]);

/**
 * The attributes that the connector offers, one object for each: an attribute name means the same in every type, and Active Directory
 * has 264 classes of up to a thousand attributes.
 */
export class OfferedAttributes {
  readonly #offering: Offering;
  readonly #byKey = new Map<string, SchemaAttribute | undefined>();
  #operational: readonly SchemaAttribute[] | undefined;
  #extensible: readonly SchemaAttribute[] | undefined;

  constructor(offering: Offering) {
    this.#offering = offering;
  }

  /** The attribute of this name; undefined for one that is neither read nor written. */
  attribute(name: string): SchemaAttribute | undefined {
    const key = name.toLowerCase();
    if (!this.#byKey.has(key)) this.#byKey.set(key, this.#make(name));
    return this.#byKey.get(key);
  }

  /** What any entry may have besides what its classes say, as the administrator chose it (LDAP sheet 1.2). */
  everywhere(): readonly SchemaAttribute[] {
    const { includeOperationalAttributes, includeExtensibleAttributes } = this.#offering.settings;
    return [
      ...(includeExtensibleAttributes ? this.#allUserAttributes() : []),
      ...(includeOperationalAttributes ? this.#allOperationalAttributes() : []),
    ];
  }

  #allUserAttributes(): readonly SchemaAttribute[] {
    this.#extensible ??= this.#all((type) => !type.operational && !type.noUserModification);
    return this.#extensible;
  }

  #allOperationalAttributes(): readonly SchemaAttribute[] {
    this.#operational ??= this.#all((type) => type.operational && !SERVER_LEVEL.has(type.name.toLowerCase()));
    return this.#operational;
  }

  #all(wanted: (type: AttributeTypeDefinition) => boolean): readonly SchemaAttribute[] {
    return this.#offering.schema.attributeTypes.filter(wanted).flatMap(({ name }) => this.attribute(name) ?? []);
  }

  #make(name: string): SchemaAttribute | undefined {
    const { schema, profile } = this.#offering;
    const definition = schema.attributeType(name);
    const canonical = definition?.name ?? name;
    const key = canonical.toLowerCase();
    const isAnchor = key === profile.anchor.toLowerCase();
    if (SINGLE_ENTRY_ONLY.has(key)) return undefined;
    if (key === 'objectclass') {
      return made('objectClass', { isMultiValued: true });
    }
    // RFC 5020 makes it a DN; ours is a key that compares as text.
    if (key === madeAttributes.dn.toLowerCase()) return made(madeAttributes.dn, { isAnchor, importOnly: true });
    if (isNeverRead(this.#offering, canonical)) {
      if (definition?.noUserModification === true || definition?.operational === true) return undefined;
      // A password is text to whoever writes it, whatever octets the directory makes of it (LDAP sheet 3.5).
      return { ...made(canonical, {}), allowedOperation: 'ExportOnly' };
    }
    const readOnly = definition?.noUserModification === true || definition?.operational === true;
    return {
      name: canonical,
      // Identifiers that people know as text are text, also where the directory keeps octets (LDAP sheet 4.5).
      type: definition === undefined || guidOrderOf(key) !== undefined || isSid(key) ? 'String' : definition.type,
      isAnchor,
      isMultiValued: !isAnchor && definition?.singleValue !== true,
      allowedOperation: readOnly ? 'ImportOnly' : 'ImportExport',
    };
  }
}

/** An attribute that is not as the server's schema has it: text. */
export function made(name: string, { isAnchor = false, isMultiValued = false, importOnly = false }): SchemaAttribute {
  return {
    name,
    type: 'String',
    isAnchor,
    isMultiValued,
    allowedOperation: importOnly ? 'ImportOnly' : 'ImportExport',
  };
}
