import type { FunctionMember, PropertyMember, TypeDefinition } from '../syntax/tree/index.ts';
import { netTypes } from '../types/intrinsic.ts';
import type { NetType, Overload, Property, TypeDescription } from '../types/net-type.ts';
import { infoOf } from '../types/type-info.ts';
import { as } from '../values/narrow.ts';
import { ClassInstance } from './class-instance.ts';
import type { ClassPlace } from './code.ts';
import { constructorsOf } from './constructors.ts';
import type { DefinitionErrors } from './definition-errors.ts';
import { FieldLayout } from './fields.ts';
import { hooksOf } from './hooks.ts';
import { checkInterfaces } from './interface-methods.ts';
import { methodOf } from './methods.ts';
import { recordOf } from './record.ts';
import { StaticPart } from './static-part.ts';
import type { TypeLookup } from './type-lookup.ts';

/** What a class needs to become a type. */
export interface ClassBuild {
  readonly ast: TypeDefinition;
  readonly type: NetType;
  readonly place: ClassPlace;
  readonly lookup: TypeLookup;
  readonly errors: DefinitionErrors;
  readonly base: NetType;
  readonly interfaces: readonly NetType[];
}

const isProperty = (member: PropertyMember | FunctionMember): member is PropertyMember => member.kind === 'property';

/** A class of a script as a type: its members as .NET members. The base must be described already. */
export function classDescription(build: ClassBuild): TypeDescription {
  const { ast, base, interfaces, type } = build;
  const properties = ast.members.filter(isProperty);
  const functions = ast.members.filter((member) => member.kind === 'method');
  checkDuplicates(build, properties);
  const layout = new FieldLayout(
    build,
    properties.filter((one) => !one.isStatic),
  );
  const statics = new StaticPart(
    build,
    properties.filter((one) => one.isStatic),
    functions,
  );
  const methods = functions.filter((one) => !one.isConstructor);
  const own = groupMethods(
    build,
    methods.filter((one) => !one.isStatic),
    statics,
  );
  checkInterfaces(build, foldedNames(own));
  const inheritedHooks = base.description;
  return {
    ...inheritable(inheritedHooks),
    name: ast.name,
    kind: 'class',
    isScriptDefined: true,
    baseType: base,
    interfaceTypes: interfaces,
    properties: recordOf<Property>(layout.properties()),
    staticProperties: recordOf<Property>(statics.properties()),
    methods: { ...recordOf<readonly Overload[]>(own), ...(base === netTypes.object ? memberwiseClone : {}) },
    staticMethods: recordOf<readonly Overload[]>(
      groupMethods(
        build,
        methods.filter((one) => one.isStatic),
        statics,
      ),
    ),
    constructors: constructorsOf(
      build,
      functions.filter((one) => one.isConstructor && !one.isStatic),
      layout,
      statics,
    ),
    ...hooksOf(type, methods, build),
  };
}

/** Protected in .NET, so that only classes have it: a copy of the properties' values. */
const memberwiseClone: Readonly<Record<string, readonly Overload[]>> = {
  MemberwiseClone: [
    {
      signature: 'System.Object MemberwiseClone()',
      isHidden: true,
      invoke: (self) => {
        const { type, fields } = as(self, ClassInstance);
        return new ClassInstance(type, [...fields]);
      },
    },
  ],
};

/** What the engine knows of a .NET type beside its members holds for classes derived from it. */
function inheritable(base: TypeDescription): Partial<TypeDescription> {
  const { equals, hashKey, compare, toText, enumerate, adapter, operators } = base;
  return {
    ...(equals === undefined ? {} : { equals }),
    ...(hashKey === undefined ? {} : { hashKey }),
    ...(compare === undefined ? {} : { compare }),
    ...(toText === undefined ? {} : { toText }),
    ...(enumerate === undefined ? {} : { enumerate }),
    ...(adapter === undefined ? {} : { adapter }),
    ...(operators === undefined ? {} : { operators }),
  };
}

function groupMethods(
  build: ClassBuild,
  members: readonly FunctionMember[],
  statics: StaticPart,
): Map<string, Overload[]> {
  const groups = new Map<string, { name: string; overloads: Overload[]; keys: Set<string> }>();
  for (const member of members) {
    const folded = member.name.toLowerCase();
    let group = groups.get(folded);
    if (group === undefined) {
      group = { name: member.name, overloads: [], keys: new Set() };
      groups.set(folded, group);
    }
    const overload = methodOf(build, member, statics);
    const key = (overload.parameters ?? []).map(({ type }) => typeKey(type)).join(',');
    if (group.keys.has(key)) build.errors.report('MemberAlreadyDefined', member.nameExtent, member.name);
    else group.overloads.push(overload);
    group.keys.add(key);
  }
  return new Map([...groups.values()].map(({ name, overloads }) => [name, overloads]));
}

function foldedNames<T>(map: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  return new Map([...map].map(([name, value]) => [name.toLowerCase(), value]));
}

/** Tells types of parameters apart. */
export function typeKey(type: NetType): string {
  const inner = type.typeArguments.map(typeKey).join(';');
  return type.element === undefined ? `${type.name}<${inner}>` : `${typeKey(type.element)}[${type.rank}]`;
}

function checkDuplicates({ errors }: ClassBuild, properties: readonly PropertyMember[]): void {
  const seen = new Set<string>();
  for (const property of properties) {
    const folded = property.name.toLowerCase();
    if (seen.has(folded)) errors.report('MemberAlreadyDefined', property, property.name);
    seen.add(folded);
  }
}

/** The first base that no script defines. */
export function nativeBase(type: NetType): NetType {
  let base: NetType | undefined = type;
  while (base !== undefined && base.description.isScriptDefined === true) base = infoOf(base).base;
  return base ?? netTypes.object;
}
