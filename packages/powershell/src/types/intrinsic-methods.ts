import { baseOf } from '../conversion/base.ts';
import { isTrue } from '../conversion/truth.ts';
import { NetException } from '../errors/net-exception.ts';
import { netFailure, runtimeError } from '../errors/raise.ts';
import { Collector } from '../runtime/output.ts';
import type { Session } from '../runtime/session.ts';
import { objectArray } from '../values/array.ts';
import { Dictionary } from '../values/dictionary.ts';
import { EnumValue, enumLabel } from '../values/enum.ts';
import { ScriptBlock } from '../values/script-block.ts';
import type { Value } from '../values/value.ts';
import { isAssignable } from './assignable.ts';
import { closeType } from './closed-type.ts';
import { GenericList } from './collections/generic-list.ts';
import { collected } from './extended-access.ts';
import { namedType, netTypes } from './intrinsic.ts';
import { noOverload } from './member-errors.ts';
import { findMember, getMember, invokeMember, missing, setMember } from './members.ts';
import { NetType } from './net-type.ts';
import { arrayLength } from './new-array.ts';
import { construct } from './static-members.ts';
import { languageName } from './type-display.ts';

/** `.Where()` and `.ForEach()`, which every value has whose type has none of its own. */
export function isIntrinsicMethod(folded: string): boolean {
  return folded === 'where' || folded === 'foreach';
}

const modes = namedType('System.Management.Automation.WhereOperatorSelectionMode');

/** `$items.Where({ … }, mode, count)`. */
export function invokeWhere(items: Iterable<Value>, args: readonly Value[], session: Session): Value {
  if (args.length < 1 || args.length > 3) {
    throw noOverload('.Where({ expression } [, mode [, numberToReturn]])', args.length);
  }
  const [condition, modeValue, countValue] = args;
  const mode = args.length > 1 ? modeOf(session.convert(modeValue, modes)) : 'Default';
  const count = args.length > 2 ? session.convert(countValue, netTypes.int32) : 0;
  const limit = typeof count === 'number' ? count : 0;
  if (limit < 0) throw negativeCount(limit);
  const block = baseOf(condition) === null ? null : session.convert(condition, netTypes.scriptBlock);
  if (!(block instanceof ScriptBlock)) return whereWithout(items, mode, limit);
  return where(items, block, mode, limit, session);
}

function modeOf(value: Value): string {
  return value instanceof EnumValue ? enumLabel(value) : 'Default';
}

function negativeCount(count: number): Error {
  const message =
    "The 'numberToReturn' value provided to the third argument of the Where() operator must be greater than zero. Please correct the argument's value and try running your script again.";
  return netFailure(
    'System.ArgumentOutOfRangeException',
    `${message} (Parameter 'numberToReturn')\nActual value was ${count}.`,
    {
      details: { ParamName: 'numberToReturn' },
    },
  );
}

/** Without a condition, the mode alone picks items by place. */
function whereWithout(items: Iterable<Value>, mode: string, limit: number): Value {
  const all = [...items];
  const count = limit === 0 ? 1 : limit;
  switch (mode) {
    case 'Default':
      throw netFailure(
        'System.InvalidOperationException',
        "A script block is required as the first argument to Where() when the mode is 'Default'.",
      );
    case 'SkipUntil':
      return objectArray(all.slice(count));
    case 'Last':
      return objectArray(count === 1 ? [all.at(-1) ?? null] : all.slice(-count));
    case 'Split':
      return objectArray([objectArray(padded(all, count)), objectArray(all.slice(count))]);
    default:
      return objectArray(padded(all, count));
  }
}

function padded(items: readonly Value[], count: number): Value[] {
  return Array.from({ length: arrayLength(count) }, (_, index) => items[index] ?? null);
}

function where(items: Iterable<Value>, block: ScriptBlock, mode: string, limit: number, session: Session): Value {
  const matches: Value[] = [];
  const others: Value[] = [];
  let takesRest = false;
  let isDone = false;
  for (const item of items) {
    if (isDone) {
      others.push(item);
      continue;
    }
    if (takesRest) {
      matches.push(item);
      if (limit > 0 && matches.length >= limit) break;
      continue;
    }
    const isMatch = isTrue(runOn(block, item, [], session));
    if (mode === 'Until') {
      if (isMatch) break;
      matches.push(item);
      if (limit > 0 && matches.length >= limit) break;
    } else if (!isMatch) {
      if (mode === 'Split') others.push(item);
    } else {
      matches.push(item);
      if (mode === 'Last') {
        if (matches.length > Math.max(limit, 1)) matches.shift();
        continue;
      }
      if (mode === 'SkipUntil') takesRest = true;
      isDone = (limit === 0 && mode === 'First') || (limit !== 0 && matches.length === limit);
      if (isDone && mode !== 'Split') break;
    }
  }
  return mode === 'Split' ? objectArray([collection(matches), collection(others)]) : collection(matches);
}

/** What `.Where()` and `.ForEach()` answer: a ``Collection`1`` of PSObject. */
function collection(items: Value[]): GenericList {
  const type = closeType(namedType('System.Collections.ObjectModel.Collection`1'), [netTypes.psObject]);
  return new GenericList(type, netTypes.object, items);
}

function runOn(block: ScriptBlock, item: Value, args: readonly Value[], session: Session): Value {
  const out = new Collector();
  session.run(block, { args, underscore: item, newScope: false, out });
  return collected(out.items);
}

/** `$items.ForEach({ … })`, `.ForEach('Member', value)`, `.ForEach([type])`. */
export function invokeForEach(items: Iterable<Value>, args: readonly Value[], session: Session): Value {
  if (args.length === 0) throw noOverload('.ForEach(expression [, arguments...])', 0);
  const [given, ...rest] = args;
  const expression = baseOf(given);
  if (expression === null || expression === undefined) {
    throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter: 'expression' });
  }
  if (expression instanceof NetType) return convertAll(items, expression, session);
  if (expression instanceof ScriptBlock) {
    const out = new Collector();
    for (const item of items) {
      if (item !== undefined) session.run(expression, { args: rest, underscore: item, newScope: false, out });
    }
    return collection(out.items);
  }
  return collection(membersOf(items, session.text(expression), rest, session));
}

function convertAll(items: Iterable<Value>, type: NetType, session: Session): Value {
  if (type.element !== undefined) return session.convert(objectArray([...items]), type);
  const isCollection = isAssignable(type, netTypes.icollection);
  if (isCollection && type.typeArguments.length !== 1) {
    throw runtimeError(
      'ForEachTypeConversionFailed',
      `Unable to convert input to the target type [${languageName(type)}] passed to the ForEach() operator. Please check the specified type and try running your script again.`,
      { category: 'InvalidOperation', target: type },
    );
  }
  const target = isCollection ? type : closeType(namedType('System.Collections.ObjectModel.Collection`1'), [type]);
  const list = construct(target, [], session);
  for (const item of items) invokeMember(list, 'Add', [item], session);
  return list;
}

function membersOf(items: Iterable<Value>, name: string, args: readonly Value[], session: Session): Value[] {
  const results: Value[] = [];
  const folded = name.toLowerCase();
  for (const item of items) {
    const base = baseOf(item);
    if (base instanceof Dictionary) {
      if (args.length === 0) results.push(base.get(name) ?? null);
      else base.set(name, args.length === 1 ? args[0] : objectArray([...args]));
    } else if (base === null || base === undefined) {
      if (args.length > 0) throw nullMember(name, args.length);
      results.push(null);
    } else if (findMember(item, name, folded, session) === missing) {
      if (session.strictVersion >= 2) {
        throw runtimeError(
          'PropertyNotFoundStrict',
          `The property '${name}' cannot be found on this object. Verify that the property exists.`,
          { category: 'InvalidOperation' },
        );
      }
      if (args.length > 0) throw nonexistentMember(name, item);
      results.push(null);
    } else {
      accessOne(item, name, folded, args, session, results);
    }
  }
  return results;
}

function accessOne(
  item: Value,
  name: string,
  folded: string,
  args: readonly Value[],
  session: Session,
  results: Value[],
): void {
  if (isMethod(item, folded, session)) results.push(invokeMember(item, name, args, session) ?? null);
  else if (args.length === 0) results.push(getMember(item, name, session));
  else setMember(item, name, args.length === 1 ? args[0] : objectArray([...args]), session);
}

function isMethod(item: Value, folded: string, session: Session): boolean {
  const value = findMember(item, folded, folded, session);
  return typeof value === 'object' && value !== null && isMethodValue(value.type.name);
}

function isMethodValue(typeName: string): boolean {
  return (
    typeName === 'System.Management.Automation.PSMethod' || typeName === 'System.Management.Automation.PSScriptMethod'
  );
}

function nullMember(name: string, count: number): Error {
  const message = 'Object reference not set to an instance of an object.';
  return runtimeError(
    'NullReferenceException',
    `Exception calling "${name}" with "${count}" argument(s): "${message}"`,
    {
      type: 'System.Management.Automation.MethodInvocationException',
      inner: new NetException(namedType('System.NullReferenceException'), message),
    },
  );
}

function nonexistentMember(name: string, target: Value): Error {
  return runtimeError(
    'ForEachNonexistentMemberReference',
    `The ForEach() operator could not find a member '${name}' on the target object. Please verify that the named member exists and then try running your script again.`,
    { type: 'System.NullReferenceException', category: 'InvalidOperation', target },
  );
}
