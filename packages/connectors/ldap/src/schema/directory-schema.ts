import type { AttributeType } from '@joinery/connector';

/** An attribute type of the server (RFC 4512 4.1.2) with everything inherited filled in. */
export interface AttributeTypeDefinition {
  /** The first NAME, or the OID where there is none: the one name the connector uses for it. */
  readonly name: string;
  readonly oid: string;
  /** All NAMEs. */
  readonly names: readonly string[];
  /** OID of the syntax after inheritance, without length; undefined where there is none. */
  readonly syntax: string | undefined;
  readonly equality: string | undefined;
  readonly singleValue: boolean;
  readonly noUserModification: boolean;
  /** USAGE other than userApplications. */
  readonly operational: boolean;
  /** LDAP sheet 3.5. */
  readonly type: AttributeType;
}

/** An object class of the server (RFC 4512 4.1.1), own members only. */
export interface ObjectClassDefinition {
  readonly name: string;
  readonly oid: string;
  readonly names: readonly string[];
  readonly kind: 'structural' | 'auxiliary' | 'abstract';
  readonly superiors: readonly string[];
  readonly must: readonly string[];
  readonly may: readonly string[];
}

/** The schema of a server, for everyone who reads or writes entries. Names, OIDs and options in any letter case. */
export interface DirectorySchema {
  readonly attributeTypes: readonly AttributeTypeDefinition[];
  readonly objectClasses: readonly ObjectClassDefinition[];
  /** By any NAME or OID; options such as `;binary` or `;range=0-1499` are ignored. */
  attributeType(description: string): AttributeTypeDefinition | undefined;
  objectClass(name: string): ObjectClassDefinition | undefined;
  /** Names of the class and of all its superclasses, folded to lower case. */
  lineage(objectClass: string): ReadonlySet<string>;
  /** MUST and MAY of a class with its superclasses and content rule, canonical names. */
  attributesOf(objectClass: string): { readonly must: ReadonlySet<string>; readonly may: ReadonlySet<string> };
  /** Definitions that could not be read, with why; they are left out (L21). */
  readonly skipped: readonly { readonly definition: string; readonly reason: string }[];
}
