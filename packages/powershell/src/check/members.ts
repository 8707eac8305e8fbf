import { netTypes } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { languageName } from '../types/type-display.ts';
import { infoOf, type Method, type TypeInfo } from '../types/type-info.ts';
import { approximated, covered, type Judgement, missing, unknown } from './finding.ts';
import { hasOwnMembers, type Inferred } from './infer.ts';
import { methodOwners } from './library-index.ts';
import type { Declarations } from './script-set.ts';

/** Members that every value has, whatever it is. */
const ofEverything = new Set([
  'psobject',
  'psbase',
  'psextended',
  'psadapted',
  'pstypenames',
  'count',
  'length',
  'foreach',
  'where',
  'gettype',
  'tostring',
  'equals',
  'gethashcode',
]);

/** `[type]::name`, `[type]::name()`, `[type]::new()`. @param count of the arguments of a call */
export function judgeStatic(type: NetType, name: string, count: number | undefined): Judgement {
  const folded = name.toLowerCase();
  const info = infoOf(type);
  const isCall = count !== undefined;
  if (isCall && folded === 'new') {
    // Arrays are made by their lengths, structs also without an argument.
    if (type.element !== undefined || (type.kind === 'struct' && count === 0)) return covered;
    return judgeCount(info.constructors, count, `[${languageName(type)}]::new()`);
  }
  if (type.kind === 'enum' && !isCall) {
    const labels = Object.keys(type.description.labels ?? {});
    if (labels.some((label) => label.toLowerCase() === folded)) return covered;
  }
  const member = info.statics.get(folded) ?? infoOf(netTypes.runtimeType).members.get(folded);
  if (member === undefined) return missing(`[${languageName(type)}] has no static member "${name}" here.`);
  return isCall && member.kind === 'method'
    ? judgeCount(member.methods, count, `[${languageName(type)}]::${name}()`)
    : covered;
}

/** Whether any overload takes as many arguments. */
function judgeCount(methods: readonly Method[], count: number, name: string): Judgement {
  const fits = methods.some(
    ({ required, parameters, hasParamArray }) => count >= required && (hasParamArray || count <= parameters.length),
  );
  return fits ? covered : missing(`${name} does not take ${count} arguments here.`);
}

/** `target.name`, `target.name()`. A property that an object does not have reads as null and fails nowhere; a method does. */
export function judgeInstance(
  target: Inferred,
  name: string,
  count: number | undefined,
  declarations: Declarations,
  registered: readonly NetType[],
): Judgement {
  const folded = name.toLowerCase();
  const isCall = count !== undefined;
  if (ofEverything.has(folded) || declarations.members.has(folded)) return covered;
  if (target !== undefined && !hasOwnMembers(target)) return judgeKnown(target, name, count, registered);
  // Functions become methods of `New-Module -AsCustomObject`.
  if (!isCall || declarations.functions.has(folded)) return covered;
  if (target !== undefined && isAccessor(infoOf(target), folded)) return covered;
  return judgeUnknown(name, folded, declarations, registered);
}

/** What scripts call most: whatever the value is, it is nearly always one of these. */
const common: ReadonlySet<string> = new Set([
  'System.String',
  'System.Array',
  'System.Collections.ArrayList',
  'System.Collections.Generic.List`1',
  'System.Collections.Generic.Dictionary`2',
  'System.Collections.Generic.HashSet`1',
  'System.Collections.Hashtable',
  'System.Collections.Specialized.OrderedDictionary',
  'System.DateTime',
  'System.DateTimeOffset',
  'System.TimeSpan',
  'System.Int32',
  'System.Double',
  'System.Guid',
  'System.Text.StringBuilder',
  'System.Management.Automation.ScriptBlock',
]);

/** A method of a value of unknown type: sure where a common type has it, or where only one type declares it. */
function judgeUnknown(
  name: string,
  folded: string,
  { outside }: Declarations,
  registered: readonly NetType[],
): Judgement {
  const owners = methodOwners(folded, registered);
  if (owners.length === 0) return unknown(`No embedded type has a method "${name}"`, outside);
  if (owners.some((type) => common.has(type.name))) return covered;
  const declaring = new Set(owners.map((type) => infoOf(type).members.get(folded)?.declaring ?? type));
  if (declaring.size === 1) return covered;
  const shown = [...declaring].slice(0, 3).map((type) => `[${languageName(type)}]`);
  const more = declaring.size > shown.length ? ` and ${declaring.size - shown.length} more` : '';
  return approximated(
    `Which type it is a method of is known only when it runs: ${shown.join(', ')}${more} have it here.`,
  );
}

function judgeKnown(type: NetType, name: string, count: number | undefined, registered: readonly NetType[]): Judgement {
  const isCall = count !== undefined;
  const info = infoOf(type);
  const folded = name.toLowerCase();
  const member = info.members.get(folded);
  if (member?.kind === 'method' && isCall) {
    return judgeCount(member.methods, count, `[${languageName(type)}].${name}()`);
  }
  if (member !== undefined || (isCall && isAccessor(info, folded))) return covered;
  // Collections answer with the members of their items.
  const isCollection =
    type.element !== undefined || info.supertypes.has(netTypes.ienumerable) || type.description.enumerate !== undefined;
  if (isCollection && type !== netTypes.string) {
    if (!isCall || methodOwners(folded, registered).length > 0) return covered;
  }
  return missing(`[${languageName(type)}] has no member "${name}" here.`);
}

/** Accessors can be called by the names that compilers give them: `get_Count()`, and indexers by theirs: `Item()`, `Chars()`. */
function isAccessor(info: TypeInfo, folded: string): boolean {
  const property = /^[gs]et_(.+)$/.exec(folded)?.[1];
  const isIndexer = info.indexerGet.some(({ name }) => name.toLowerCase() === (property ?? folded));
  return isIndexer || (property !== undefined && info.members.has(property));
}
