import { netFailure } from '../../errors/raise.ts';
import { WildcardPattern } from '../../operators/wildcard.ts';
import { ExtendedMemberObject, MemberCollection, type MemberObject } from '../../values/member-object.ts';
import { as, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { listOf } from '../collections/generic-list.ts';
import { readOnlyCollection } from '../collections/read-only-collection.ts';
import { extendedMembersFor, extendedMembersOf } from '../extended-members.ts';
import { netTypes } from '../intrinsic.ts';
import { findMemberObject, isProperty, listMembers } from '../list-members.ts';
import type { CallContext, Overload, TypeDescription } from '../net-type.ts';

const space = 'System.Management.Automation';

const collection = (value: Value): MemberCollection => as(value, MemberCollection);

/** The members of a collection, `$o.psobject.Properties` and its kin. */
function membersOfCollection({ target, kind }: MemberCollection, context: CallContext): MemberObject[] {
  const members = listMembers(target, context);
  if (kind === 'members') return members;
  return members.filter((member) => isProperty(member) === (kind === 'properties') && !isSet(member));
}

function isSet(member: MemberObject): boolean {
  return (
    member instanceof ExtendedMemberObject &&
    (member.member.kind === 'memberSet' || member.member.kind === 'propertySet')
  );
}

function addTo(target: Value, value: Value): void {
  const member = as(value, ExtendedMemberObject).member;
  const owner = typeof target === 'object' ? target : null;
  if (owner === null || owner === undefined) return;
  const members = extendedMembersFor(owner);
  const folded = member.name.toLowerCase();
  if (members.has(folded)) {
    throw netFailure(`${space}.ExtendedTypeSystemException`, `The member "${member.name}" is already present.`);
  }
  members.set(folded, { ...member });
}

const collectionMethods: Readonly<Record<string, readonly Overload[]>> = {
  Add: [
    { signature: 'void Add(T member)', invoke: (value, [member]) => void addTo(collection(value).target, member) },
    {
      signature: 'void Add(T member, bool preValidated)',
      invoke: (value, [member]) => void addTo(collection(value).target, member),
    },
  ],
  Remove: [
    {
      signature: 'void Remove(string name)',
      invoke: (value, [name]) => void extendedMembersOf(collection(value).target)?.delete(text(name).toLowerCase()),
    },
  ],
  Match: [
    {
      signature: 'System.Collections.ObjectModel.ReadOnlyCollection[T] Match(string name)',
      invoke: (value, [name], context, type) => {
        const pattern = new WildcardPattern(text(name));
        const found = membersOfCollection(collection(value), context).filter((one) => pattern.matches(one.name));
        return readOnlyCollection(listOf(type.typeArguments[0] ?? netTypes.object, found));
      },
    },
  ],
};

/** `psobject.Properties`, `.Methods` and `.Members`. */
export const memberCollection: TypeDescription = {
  name: `${space}.PSMemberInfoIntegratingCollection\`1`,
  kind: 'class',
  typeParameters: ['T'],
  interfaces: ['System.Collections.IEnumerable'],
  enumerate: (value, context) => membersOfCollection(collection(value), context),
  indexer: {
    get: [
      {
        signature: 'T Item(string name)',
        invoke: (value, [name], context) =>
          findMemberObject(membersOfCollection(collection(value), context), text(name)) ?? null,
      },
    ],
    set: [],
  },
  methods: collectionMethods,
};
