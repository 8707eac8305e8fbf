import { netTypes } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { languageName } from '../types/type-display.ts';
import { infoOf } from '../types/type-info.ts';
import { covered, type Judgement, missing, unknown } from './finding.ts';
import { hasOwnMembers, type Inferred } from './infer.ts';
import { ownersOf } from './library-index.ts';
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

/** `[type]::name`, `[type]::name()`, `[type]::new()`. */
export function judgeStatic(type: NetType, name: string, isCall: boolean): Judgement {
  const folded = name.toLowerCase();
  const info = infoOf(type);
  if (isCall && folded === 'new') {
    return info.constructors.length > 0 || type.kind === 'struct' || type.element !== undefined
      ? covered
      : missing(`[${languageName(type)}] has no constructor here.`);
  }
  if (type.kind === 'enum' && !isCall) {
    const labels = Object.keys(type.description.labels ?? {});
    if (labels.some((label) => label.toLowerCase() === folded)) return covered;
  }
  const member = info.statics.get(folded) ?? infoOf(netTypes.runtimeType).members.get(folded);
  return member === undefined ? missing(`[${languageName(type)}] has no static member "${name}" here.`) : covered;
}

/** `target.name`, `target.name()`. A property that an object does not have reads as null and fails nowhere; a method does. */
export function judgeInstance(target: Inferred, name: string, isCall: boolean, declarations: Declarations): Judgement {
  const folded = name.toLowerCase();
  if (ofEverything.has(folded) || declarations.members.has(folded)) return covered;
  if (target !== undefined && !hasOwnMembers(target)) return judgeKnown(target, name, isCall);
  if (!isCall) return covered;
  return ownersOf(folded).methods.length > 0
    ? covered
    : unknown(`No embedded type has a method "${name}"`, declarations.outside);
}

function judgeKnown(type: NetType, name: string, isCall: boolean): Judgement {
  const member = infoOf(type).members.get(name.toLowerCase());
  if (member !== undefined) return covered;
  // Collections answer with the members of their items.
  const isCollection = type.element !== undefined || infoOf(type).supertypes.has(netTypes.ienumerable);
  if (isCollection && type !== netTypes.string) {
    if (!isCall || ownersOf(name).methods.length > 0) return covered;
  }
  return missing(`[${languageName(type)}] has no member "${name}" here.`);
}
