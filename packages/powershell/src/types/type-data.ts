import type { Session } from '../runtime/session.ts';
import type { ExtendedMember, ExtendedMembers } from '../values/ps-object.ts';
import type { Value } from '../values/value.ts';
import { typeNames } from './type-names.ts';

/** What scripts said of a type by `Update-TypeData`: members that all its objects have, and what is shown of them. */
export interface TypeData {
  readonly name: string;
  readonly members: ExtendedMembers;
  displaySet: readonly string[] | undefined;
  displayProperty: string | undefined;
  keySet: readonly string[] | undefined;
}

/** By folded name of the type. A runspace that was told nothing has none. */
const tables = new WeakMap<Session, Map<string, TypeData>>();

/** True once a script of any runspace said something of a type: until then nobody needs to look. */
let isUsed = false;

/** The type data of a runspace, in the order it came; nothing is built in: that is in the types themselves. */
export function typeDataTable(session: Session): ReadonlyMap<string, TypeData> {
  return tables.get(session) ?? new Map();
}

/** The type data of a type; made where there is none. */
export function typeDataFor(session: Session, name: string): TypeData {
  isUsed = true;
  let table = tables.get(session);
  if (table === undefined) {
    table = new Map();
    tables.set(session, table);
  }
  const folded = name.toLowerCase();
  let data = table.get(folded);
  if (data === undefined) {
    data = { name, members: new Map(), displaySet: undefined, displayProperty: undefined, keySet: undefined };
    table.set(folded, data);
  }
  return data;
}

/** False where there was none. */
export function removeTypeData(session: Session, name: string): boolean {
  return tables.get(session)?.delete(name.toLowerCase()) ?? false;
}

/** What was said of the types of a value, the nearest first. */
function dataOf(value: Value, session: Session): TypeData[] {
  const table = isUsed ? tables.get(session) : undefined;
  if (table === undefined || table.size === 0) return [];
  return typeNames(value).flatMap((name) => table.get(name.toLowerCase()) ?? []);
}

/** A member that a value has by the data of its types. Members of its own and of its .NET type come first. */
export function typeMember(value: Value, folded: string, session: Session): ExtendedMember | undefined {
  if (!isUsed) return undefined;
  for (const { members } of dataOf(value, session)) {
    const member = members.get(folded);
    if (member !== undefined) return member;
  }
  return undefined;
}

/** All of them, the nearest of each name. */
export function typeMembers(value: Value, session: Session): ExtendedMembers {
  const found: ExtendedMembers = new Map();
  for (const { members } of dataOf(value, session)) {
    for (const [folded, member] of members) if (!found.has(folded)) found.set(folded, member);
  }
  return found;
}

/** What is shown of a value, by the data of its types. */
export function typeDisplay(value: Value, session: Session): Pick<TypeData, 'displaySet' | 'displayProperty'> {
  const all = dataOf(value, session);
  return {
    displaySet: all.find(({ displaySet }) => displaySet !== undefined)?.displaySet,
    displayProperty: all.find(({ displayProperty }) => displayProperty !== undefined)?.displayProperty,
  };
}
