import { baseOf, typeOf } from '../../conversion/base.ts';
import { netFailure } from '../../errors/raise.ts';
import { sessionOf } from '../../runtime/session-of.ts';
import { NetArray } from '../../values/array.ts';
import { enumByLabel } from '../../values/enum.ts';
import { ExtendedMemberObject, MemberObject, NetMethodObject, NetPropertyObject } from '../../values/member-object.ts';
import { as, text } from '../../values/narrow.ts';
import { PSMethod, PSScriptMethodValue } from '../../values/ps-method.ts';
import type { ExtendedMember } from '../../values/ps-object.ts';
import { ScriptBlock } from '../../values/script-block.ts';
import type { Value } from '../../values/value.ts';
import { listOf } from '../collections/generic-list.ts';
import { callScriptMethod, readExtended, writeExtended } from '../extended-access.ts';
import { namedType, netTypes } from '../intrinsic.ts';
import { invokeMember, methodsOf } from '../members.ts';
import { methodText } from '../method-text.ts';
import { type CallContext, NetType, type Overload, type TypeDescription } from '../net-type.ts';
import { invokeStatic, staticMethodsOf } from '../static-members.ts';
import { netName } from '../type-display.ts';
import { infoOf } from '../type-info.ts';

const space = 'System.Management.Automation';

const memberTypes = {
  note: 'NoteProperty',
  alias: 'AliasProperty',
  scriptProperty: 'ScriptProperty',
  scriptMethod: 'ScriptMethod',
  propertySet: 'PropertySet',
  memberSet: 'MemberSet',
  codeMethod: 'CodeMethod',
} as const;

const self = (value: Value): MemberObject => as(value, MemberObject);

function memberTypeOf(member: MemberObject): string {
  if (member instanceof ExtendedMemberObject) return memberTypes[member.member.kind];
  if (member instanceof NetPropertyObject) return member.property.addedAs ?? 'Property';
  return 'Method';
}

/** The value behind a member object. */
function readMemberObject(member: MemberObject, context: CallContext): Value {
  if (member instanceof ExtendedMemberObject) {
    return readExtended(member.member, member.owner ?? null, sessionOf(context)) ?? null;
  }
  if (member instanceof NetPropertyObject) {
    return member.property.get?.(member.owner, context, typeOfOwner(member.owner)) ?? null;
  }
  return member instanceof NetMethodObject ? member.method : null;
}

function typeOfOwner(owner: Value): NetType {
  const base = baseOf(owner);
  return base === null || base === undefined ? netTypes.object : typeOf(base);
}

function writeMemberObject(member: MemberObject, value: Value, context: CallContext): void {
  if (member instanceof ExtendedMemberObject) {
    writeExtended(member.member, member.owner ?? null, value, sessionOf(context));
  } else if (member instanceof NetPropertyObject) {
    const { set } = member.property;
    if (set === undefined) {
      throw netFailure(`${space}.SetValueException`, `'${member.name}' is a ReadOnly property.`);
    }
    set(member.owner, context.convert(value, member.valueType), context, typeOfOwner(member.owner));
  }
}

function isSettable(member: MemberObject): boolean {
  if (member instanceof NetPropertyObject) return member.property.set !== undefined;
  if (!(member instanceof ExtendedMemberObject)) return false;
  const { member: own } = member;
  return own.kind === 'note' || own.kind === 'alias' || (own.kind === 'scriptProperty' && own.set !== undefined);
}

function isGettable(member: MemberObject): boolean {
  if (member instanceof NetPropertyObject) return member.property.get !== undefined;
  return !(
    member instanceof ExtendedMemberObject &&
    member.member.kind === 'scriptProperty' &&
    member.member.get === undefined
  );
}

function typeNameOfValue(member: MemberObject, context: CallContext): string {
  if (member instanceof NetPropertyObject) return netName(member.valueType);
  if (member instanceof ExtendedMemberObject && member.member.kind === 'scriptProperty') return 'System.Object';
  const base = baseOf(readMemberObject(member, context));
  return base === null || base === undefined ? 'System.Object' : netName(typeOf(base));
}

/** `string a=x`: what a member object is as text. */
function memberText(member: MemberObject, context: CallContext): string {
  if (member instanceof NetMethodObject) return overloadTexts(member.method).join(', ');
  if (member instanceof NetPropertyObject) {
    const accessors = `${isGettable(member) ? 'get;' : ''}${isSettable(member) ? 'set;' : ''}`;
    return `${netName(member.valueType)} ${member.name} {${accessors}}`;
  }
  const value = readMemberObject(member, context);
  return `${typeNameOfValue(member, context)} ${member.name}=${value === null ? 'null' : context.text(value)}`;
}

function overloadTexts({ name, owner, target }: PSMethod): string[] {
  const folded = name.toLowerCase();
  const methods =
    owner === undefined
      ? methodsOf(typeOfOwner(target), folded)
      : (staticMethodsOf(owner, folded) ?? infoOf(owner).constructors);
  return (methods ?? []).map(methodText);
}

const argumentsOf = (value: Value): readonly Value[] => (value instanceof NetArray ? value.items : []);

/** Calls a method that was taken as a value. */
function invokePSMethod(method: PSMethod, args: readonly Value[], context: CallContext): Value {
  const session = sessionOf(context);
  return method.owner === undefined
    ? invokeMember(method.target, method.name, args, session)
    : invokeStatic(method.owner, method.name, args, session);
}

const common: TypeDescription['properties'] = {
  Name: { type: 'string', get: (value) => self(value).name },
  MemberType: {
    type: `${space}.PSMemberTypes`,
    get: (value) => enumByLabel(namedType(`${space}.PSMemberTypes`), memberTypeOf(self(value))) ?? null,
  },
  Value: {
    type: 'System.Object',
    get: (value, context) => readMemberObject(self(value), context),
    set: (value, given, context) => writeMemberObject(self(value), given, context),
  },
  TypeNameOfValue: { type: 'string', get: (value, context) => typeNameOfValue(self(value), context) },
  IsInstance: { type: 'bool', get: (value) => self(value) instanceof ExtendedMemberObject },
};

const settable: TypeDescription['properties'] = {
  IsSettable: { type: 'bool', get: (value) => isSettable(self(value)) },
  IsGettable: { type: 'bool', get: (value) => isGettable(self(value)) },
};

function copyOf(value: Value): Value {
  const member = self(value);
  return member instanceof ExtendedMemberObject ? new ExtendedMemberObject({ ...member.member }, member.owner) : member;
}

function make(signature: string, member: (args: readonly Value[]) => ExtendedMember): Overload {
  return { signature, invoke: (_self, args) => new ExtendedMemberObject(member(args)) };
}

function block(value: Value): ScriptBlock | undefined {
  return value === null || value === undefined ? undefined : as(value, ScriptBlock);
}

function described(name: string, base: string, more: Partial<TypeDescription> = {}): TypeDescription {
  return { name: `${space}.${name}`, kind: 'class', base: `${space}.${base}`, ...more };
}

const method = (value: Value): PSMethod => (value instanceof NetMethodObject ? value.method : as(value, PSMethod));

/** Types of the members that `psobject` shows and that script code adds. */
export const memberObjectFamily: readonly TypeDescription[] = [
  {
    name: `${space}.PSMemberInfo`,
    kind: 'class',
    isAbstract: true,
    properties: common,
    methods: { Copy: [{ signature: `${space}.PSMemberInfo Copy()`, invoke: copyOf }] },
    toText: (value, _format, context) => memberText(self(value), context),
  },
  described('PSPropertyInfo', 'PSMemberInfo', { isAbstract: true, properties: settable }),
  described('PSMethodInfo', 'PSMemberInfo', { isAbstract: true }),
  described('PSProperty', 'PSPropertyInfo'),
  described('PSCodeProperty', 'PSPropertyInfo'),
  described('PSNoteProperty', 'PSPropertyInfo', {
    accelerators: ['psnoteproperty'],
    constructors: [
      make('new(string name, System.Object value)', ([name, value]) => ({
        kind: 'note',
        name: text(name),
        value: value ?? null,
      })),
    ],
  }),
  described('PSAliasProperty', 'PSPropertyInfo', {
    accelerators: ['psaliasproperty'],
    properties: {
      ReferencedMemberName: {
        type: 'string',
        get: (value) => {
          const member = self(value);
          return member instanceof ExtendedMemberObject && member.member.kind === 'alias' ? member.member.target : null;
        },
      },
    },
    constructors: [
      make('new(string name, string referencedMemberName)', ([name, target]) => ({
        kind: 'alias',
        name: text(name),
        target: text(target),
      })),
      make('new(string name, string referencedMemberName, type conversionType)', ([name, target, type]) => ({
        kind: 'alias',
        name: text(name),
        target: text(target),
        conversion: type instanceof NetType ? type : undefined,
      })),
    ],
  }),
  described('PSScriptProperty', 'PSPropertyInfo', {
    accelerators: ['psscriptproperty'],
    constructors: [
      make('new(string name, scriptblock getterScript)', ([name, get]) => ({
        kind: 'scriptProperty',
        name: text(name),
        get: block(get),
        set: undefined,
      })),
      make('new(string name, scriptblock getterScript, scriptblock setterScript)', ([name, get, set]) => ({
        kind: 'scriptProperty',
        name: text(name),
        get: block(get),
        set: block(set),
      })),
    ],
  }),
  described('PSScriptMethod', 'PSMethodInfo', {
    accelerators: ['psscriptmethod'],
    constructors: [
      make('new(string name, scriptblock script)', ([name, script]) => ({
        kind: 'scriptMethod',
        name: text(name),
        block: as(script, ScriptBlock),
      })),
    ],
    properties: {
      Name: {
        type: 'string',
        get: (value) => (value instanceof PSScriptMethodValue ? value.member.name : self(value).name),
      },
      Script: {
        type: 'scriptblock',
        get: (value) => scriptMethod(value)?.block ?? null,
      },
      OverloadDefinitions: {
        type: 'System.Collections.ObjectModel.Collection[string]',
        get: (value) => listOf(netTypes.string, [`System.Object ${scriptMethod(value)?.name ?? ''}();`]),
      },
    },
    methods: {
      Invoke: [
        {
          signature: 'System.Object Invoke(params System.Object[] arguments)',
          invoke: (value, [args], context) => {
            const member = scriptMethod(value);
            const owner = value instanceof PSScriptMethodValue ? value.target : ownerOf(value);
            return member === undefined ? null : callScriptMethod(member, owner, argumentsOf(args), sessionOf(context));
          },
        },
      ],
    },
    toText: (value) => `System.Object ${scriptMethod(value)?.name ?? ''}();`,
  }),
  described('PSMethod', 'PSMethodInfo', {
    properties: {
      Name: { type: 'string', get: (value) => method(value).name },
      MemberType: {
        type: `${space}.PSMemberTypes`,
        get: () => enumByLabel(namedType(`${space}.PSMemberTypes`), 'Method') ?? null,
      },
      Value: { type: 'System.Object', get: (value) => overloadTexts(method(value)).join(', ') },
      TypeNameOfValue: { type: 'string', get: () => `${space}.PSMethod` },
      IsInstance: { type: 'bool', get: () => true },
      OverloadDefinitions: {
        type: 'System.Collections.ObjectModel.Collection[string]',
        get: (value) => listOf(netTypes.string, overloadTexts(method(value))),
      },
    },
    methods: {
      Invoke: [
        {
          signature: 'System.Object Invoke(params System.Object[] arguments)',
          invoke: (value, [args], context) => invokePSMethod(method(value), argumentsOf(args), context),
        },
      ],
    },
    toText: (value) => overloadTexts(method(value)).join(', '),
  }),
  described('PSPropertySet', 'PSMemberInfo', {
    constructors: [
      make(
        'new(string name, System.Collections.Generic.IEnumerable[string] referencedPropertyNames)',
        ([name, names]) => ({
          kind: 'propertySet',
          name: text(name),
          properties: argumentsOf(names).map(text),
        }),
      ),
    ],
  }),
  described('PSMemberSet', 'PSMemberInfo'),
  described('PSCodeMethod', 'PSMethodInfo'),
];

function ownerOf(value: Value): Value {
  return value instanceof ExtendedMemberObject ? value.owner : null;
}

function scriptMethod(value: Value): Extract<ExtendedMember, { kind: 'scriptMethod' }> | undefined {
  if (value instanceof PSScriptMethodValue) return value.member;
  const member = value instanceof ExtendedMemberObject ? value.member : undefined;
  return member?.kind === 'scriptMethod' ? member : undefined;
}
