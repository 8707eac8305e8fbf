import { closeType } from '../types/closed-type.ts';
import { namedType } from '../types/intrinsic.ts';
import type { NetType, Property } from '../types/net-type.ts';
import { Instance } from './instance.ts';
import type { PSMethod } from './ps-method.ts';
import type { ExtendedMember } from './ps-object.ts';
import type { Value } from './value.ts';

const space = 'System.Management.Automation';

const typeNames = {
  note: 'PSNoteProperty',
  alias: 'PSAliasProperty',
  scriptProperty: 'PSScriptProperty',
  scriptMethod: 'PSScriptMethod',
  propertySet: 'PSPropertySet',
  memberSet: 'PSMemberSet',
  codeMethod: 'PSCodeMethod',
} as const;

/** A member as a value: what `psobject.Properties` holds and `[psnoteproperty]::new()` makes. */
export abstract class MemberObject extends Instance {
  abstract readonly name: string;
}

/** A member that script code made; `owner` is the object it sits on, `undefined` while it sits on none. */
export class ExtendedMemberObject extends MemberObject {
  readonly member: ExtendedMember;
  readonly owner: Value;
  constructor(member: ExtendedMember, owner?: Value) {
    super();
    this.member = member;
    this.owner = owner;
  }
  get name(): string {
    return this.member.name;
  }
  get type(): NetType {
    return namedType(`${space}.${typeNames[this.member.kind]}`);
  }
}

/** A property of the .NET type, with the object it belongs to. */
export class NetPropertyObject extends MemberObject {
  readonly name: string;
  readonly owner: Value;
  readonly property: Property;
  readonly valueType: NetType;
  constructor(name: string, owner: Value, property: Property, valueType: NetType) {
    super();
    this.name = name;
    this.owner = owner;
    this.property = property;
    this.valueType = valueType;
  }
  get type(): NetType {
    const { addedAs = 'Property' } = this.property;
    return namedType(`${space}.PS${addedAs}`);
  }
}

/** A method of the .NET type. */
export class NetMethodObject extends MemberObject {
  readonly method: PSMethod;
  constructor(method: PSMethod) {
    super();
    this.method = method;
  }
  get name(): string {
    return this.method.name;
  }
  get type(): NetType {
    return namedType(`${space}.PSMethod`);
  }
}

/** `psobject.Properties`, `.Methods` and `.Members`: the members of an object, by name and in order. */
export class MemberCollection extends Instance {
  readonly target: Value;
  readonly kind: 'properties' | 'methods' | 'members';
  constructor(target: Value, kind: 'properties' | 'methods' | 'members') {
    super();
    this.target = target;
    this.kind = kind;
  }
  get type(): NetType {
    const item = { properties: 'PSPropertyInfo', methods: 'PSMethodInfo', members: 'PSMemberInfo' }[this.kind];
    return closeType(namedType(`${space}.PSMemberInfoIntegratingCollection\`1`), [namedType(`${space}.${item}`)]);
  }
}
