import { baseOf, typeOf } from '../../conversion/base.ts';
import type { Session } from '../../runtime/session.ts';
import { extendedMembersOf } from '../../types/extended-members.ts';
import type { Overload } from '../../types/net-type.ts';
import { typeMembers } from '../../types/type-data.ts';
import { languageName } from '../../types/type-display.ts';
import { infoOf, type Member } from '../../types/type-info.ts';
import { type ExtendedMember, PSCustomObject } from '../../values/ps-object.ts';
import type { Value } from '../../values/value.ts';

/** One member as `Get-Member` lists it. `memberType` is a label of PSMemberTypes. */
export interface MemberListing {
  readonly name: string;
  readonly memberType: string;
  readonly definition: () => string;
}

/** @property adaptedOnly leaves out what .NET itself gives objects whose properties PowerShell adapts: nodes of XML, rows */
export interface MemberChoice {
  readonly withHidden?: boolean;
  readonly adaptedOnly?: boolean;
}

/** The members of a value: those script code added first, then those of its type; an added one hides the type's. */
export function memberListings(
  value: Value,
  session: Session,
  { withHidden = false, adaptedOnly = false }: MemberChoice = {},
): MemberListing[] {
  const base = baseOf(value);
  const found = new Map<string, MemberListing>();
  for (const source of [value, base]) {
    for (const [folded, member] of extendedMembersOf(source) ?? []) {
      if (!found.has(folded)) found.set(folded, extendedListing(member, session));
    }
  }
  if (base === null || base === undefined) return [...found.values()];
  const type = typeOf(base);
  const { adapter } = type.description;
  for (const name of adapter?.names(base) ?? []) {
    const folded = name.toLowerCase();
    const definition = () => adapter?.definition(base, name) ?? name;
    if (!found.has(folded)) found.set(folded, { name, memberType: 'Property', definition });
  }
  const hidesOwn = base instanceof PSCustomObject || (adaptedOnly && adapter !== undefined);
  for (const member of memberList(infoOf(type).members.values(), withHidden)) {
    const folded = member.name.toLowerCase();
    if (!found.has(folded) && !(hidesOwn && member.memberType === 'Property')) found.set(folded, member);
  }
  for (const [folded, member] of typeMembers(value, session)) {
    if (!found.has(folded)) found.set(folded, extendedListing(member, session));
  }
  return [...found.values()];
}

/** Members of a type that are not hidden, in its order. */
export function memberList(members: Iterable<Member>, withHidden = false): MemberListing[] {
  const found: MemberListing[] = [];
  for (const member of members) {
    if (member.kind === 'property') {
      const { name, property } = member;
      if (property.isHidden === true && !withHidden) continue;
      found.push({ name, memberType: property.addedAs ?? 'Property', definition: () => propertyText(member) });
    } else {
      const shown = member.methods.filter((method) => withHidden || method.overload.isHidden !== true);
      if (shown.length === 0) continue;
      const definition = () => shown.map((method) => signatureText(method.overload, member.isStatic)).join(', ');
      found.push({ name: member.name, memberType: 'Method', definition });
    }
  }
  return found;
}

function propertyText(member: Extract<Member, { kind: 'property' }>): string {
  const { name, property, isStatic } = member;
  const accessors = `${property.get === undefined ? '' : 'get;'}${property.set === undefined ? '' : 'set;'}`;
  return `${isStatic ? 'static ' : ''}${languageName(member.valueType)} ${name} {${accessors}}`;
}

function signatureText({ signature }: Overload, isStatic: boolean): string {
  return isStatic ? `static ${signature}` : signature;
}

/** A member that script code added. */
export function extendedListing(member: ExtendedMember, session: Session): MemberListing {
  const { name } = member;
  switch (member.kind) {
    case 'note':
      return { name, memberType: 'NoteProperty', definition: () => noteText(name, member.value, session) };
    case 'alias':
      return { name, memberType: 'AliasProperty', definition: () => `${name} = ${member.target}` };
    case 'scriptProperty':
      return {
        name,
        memberType: 'ScriptProperty',
        definition: () => {
          const get = member.get === undefined ? '' : `get={${member.get.text}};`;
          const set = member.set === undefined ? '' : `set={${member.set.text}};`;
          return `System.Object ${name} {${get}${set}}`;
        },
      };
    case 'scriptMethod':
      return { name, memberType: 'ScriptMethod', definition: () => `System.Object ${name}();` };
    case 'propertySet':
      return { name, memberType: 'PropertySet', definition: () => `${name} {${member.properties.join(', ')}}` };
    case 'memberSet':
      return {
        name,
        memberType: 'MemberSet',
        definition: () => `${name} {${member.members.map((one) => one.name).join(', ')}}`,
      };
    case 'codeMethod':
      return { name, memberType: 'CodeMethod', definition: () => name };
  }
}

function noteText(name: string, value: Value, session: Session): string {
  const base = baseOf(value);
  if (base === null || base === undefined) return `object ${name}=null`;
  const type = typeOf(base);
  const shown = base instanceof PSCustomObject || type.element !== undefined ? undefined : session.text(base);
  const typeName = languageName(type).replace(/^.*\.(?=[^.[\]]+(\[\])*$)/, '');
  return `${typeName === 'object[]' ? 'Object[]' : typeName} ${name}=${shown ?? type.name}`;
}
