import { type Definition, parseDefinition } from './definition.ts';
import type { AttributeTypeDefinition } from './directory-schema.ts';
import { NameIndex, namesOf } from './names.ts';
import { typeOfSyntax } from './syntaxes.ts';

/** An attribute type as written, before it inherits. */
interface WrittenType {
  readonly oid: string;
  readonly name: string;
  readonly names: readonly string[];
  readonly superior: string | undefined;
  readonly syntax: string | undefined;
  readonly equality: string | undefined;
  readonly singleValue: boolean;
  readonly noUserModification: boolean;
  readonly operational: boolean;
}

/**
 * Fills in what attribute types inherit by SUP (RFC 4512 2.5.1): syntax and equality rule. A superior that is not there is
 * tolerated and a cycle cut (LDAP sheet 3.3).
 * @param binarySyntaxes OIDs of syntaxes whose values are not fit for people, by the server's `ldapSyntaxes`
 */
export function attributeTypes(
  definitions: readonly Definition[],
  binarySyntaxes: ReadonlySet<string>,
): readonly AttributeTypeDefinition[] {
  const written = definitions.map(writtenType);
  const index = new NameIndex(written);
  return written.map((type) => {
    const { superior: _, ...own } = type;
    const syntax = inherited(type, index, (each) => each.syntax);
    return {
      ...own,
      syntax,
      equality: inherited(type, index, (each) => each.equality),
      type: typeOfSyntax(syntax, syntax !== undefined && binarySyntaxes.has(syntax)),
    };
  });
}

/** OIDs of the syntaxes that the server says are not human readable. The value decides, not its presence (ApacheDS writes `'false'`). */
export function binarySyntaxes(texts: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const text of texts) {
    const syntax = parseDefinition(text);
    if ('reason' in syntax) continue;
    if (syntax.fields.get('X-NOT-HUMAN-READABLE')?.[0]?.toUpperCase() === 'TRUE') found.add(syntax.oid);
  }
  return found;
}

function writtenType({ oid, fields }: Definition): WrittenType {
  const names = namesOf({ oid, fields });
  return {
    oid,
    name: names[0] ?? oid,
    names,
    superior: fields.get('SUP')?.[0],
    syntax: withoutLength(fields.get('SYNTAX')?.[0]),
    equality: fields.get('EQUALITY')?.[0],
    singleValue: fields.has('SINGLE-VALUE'),
    noUserModification: fields.has('NO-USER-MODIFICATION'),
    operational: (fields.get('USAGE')?.[0] ?? 'userApplications').toLowerCase() !== 'userapplications',
  };
}

/** `noidlen`: `1.3.6.1.4.1.1466.115.121.1.15{256}` (RFC 4512 4.1.2). The length is a hint to servers. */
function withoutLength(syntax: string | undefined): string | undefined {
  return syntax?.replace(/\{\d*\}$/, '');
}

function inherited(
  type: WrittenType,
  index: NameIndex<WrittenType>,
  member: (type: WrittenType) => string | undefined,
): string | undefined {
  const seen = new Set<WrittenType>();
  let each: WrittenType | undefined = type;
  while (each !== undefined && !seen.has(each)) {
    const own = member(each);
    if (own !== undefined) return own;
    seen.add(each);
    each = each.superior === undefined ? undefined : index.find(each.superior);
  }
  return undefined;
}
