import { baseOf, typeOf } from '../../conversion/base.ts';
import { sessionOf } from '../../runtime/session-of.ts';
import { MemberCollection } from '../../values/member-object.ts';
import { PSObjectView } from '../../values/member-view.ts';
import { PSCustomObject, PSObject } from '../../values/ps-object.ts';
import type { Value } from '../../values/value.ts';
import {
  addExtendedMember,
  extendedMembersOf,
  extendedTypeNamesOf,
  setExtendedTypeNames,
} from '../extended-members.ts';
import { methodsOf } from '../members.ts';
import type { CallContext, Overload, Property, TypeDescription } from '../net-type.ts';
import { typeNameList } from '../type-names.ts';

const space = 'System.Management.Automation';

/** What a PSObject's members are about: the object that `.psobject` was asked of. */
function targetOf(value: Value): Value {
  return value instanceof PSObjectView ? value.target : value;
}

function membersProperty(kind: MemberCollection['kind'], item: string): Property {
  return {
    type: `${space}.PSMemberInfoIntegratingCollection[${space}.${item}]`,
    get: (value) => new MemberCollection(targetOf(value), kind),
  };
}

/** `psobject.Copy()`: a custom object with its members anew; other objects through their own `Clone`. */
function copyObject(value: Value, context: CallContext): Value {
  const target = targetOf(value);
  const base = baseOf(target);
  if (base instanceof PSCustomObject) {
    const copy = new PSCustomObject();
    for (const [folded, member] of base.members) copy.members.set(folded, { ...member });
    if (base.typeNames !== undefined) copy.typeNames = [...base.typeNames];
    return copy;
  }
  if (base === null || base === undefined) return null;
  const clone = methodsOf(typeOf(base), 'clone')?.find((method) => method.parameters.length === 0);
  const copied = clone === undefined ? base : clone.overload.invoke(base, [], sessionOf(context), clone.declaring, []);
  const names = extendedTypeNamesOf(target);
  const members = extendedMembersOf(target);
  const holder = typeof copied === 'object' && copied !== null ? copied : new PSObject(copied);
  for (const member of members?.values() ?? []) addExtendedMember(holder, { ...member });
  if (names !== undefined) setExtendedTypeNames(holder, [...names]);
  return members === undefined && names === undefined ? copied : holder;
}

const copy: readonly Overload[] = [
  { signature: 'psobject Copy()', invoke: (value, _none, context) => copyObject(value, context) },
];

function asPSObject(value: Value): Value {
  if (value === null || value === undefined || typeof value === 'object') return value;
  return new PSObject(value);
}

/** `[psobject]`, and what `.psobject` shows of any object. */
export const psObjectDescription: TypeDescription = {
  name: `${space}.PSObject`,
  kind: 'class',
  accelerators: ['psobject', 'pscustomobject'],
  constructors: [
    { signature: 'new()', invoke: () => new PSCustomObject() },
    { signature: 'new(System.Object obj)', invoke: (_self, [value]) => asPSObject(value) },
  ],
  properties: {
    Members: membersProperty('members', 'PSMemberInfo'),
    Properties: membersProperty('properties', 'PSPropertyInfo'),
    Methods: membersProperty('methods', 'PSMethodInfo'),
    ImmediateBaseObject: { type: 'System.Object', get: (value) => baseOf(targetOf(value)) },
    BaseObject: { type: 'System.Object', get: (value) => baseOf(targetOf(value)) },
    TypeNames: {
      type: 'System.Collections.ObjectModel.Collection[string]',
      get: (value) => typeNameList(targetOf(value)),
    },
  },
  methods: { Copy: copy },
  staticMethods: {
    AsPSObject: [
      { signature: 'static psobject AsPSObject(System.Object obj)', invoke: (_self, [value]) => asPSObject(value) },
    ],
  },
  toText: (value, _format, context) => context.text(targetOf(value)),
};

/** `[pscustomobject]@{}`: its members are its own. */
export const psCustomObjectDescription: TypeDescription = {
  name: `${space}.PSCustomObject`,
  kind: 'class',
  // The members stand in the text of PowerShell's own conversion only.
  methods: { ToString: [{ signature: 'string ToString()', invoke: () => '' }] },
};
