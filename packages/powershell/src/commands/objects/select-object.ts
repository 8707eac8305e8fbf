import { baseOf, typeOf } from '../../conversion/base.ts';
import { enumerable } from '../../conversion/enumerate.ts';
import { ErrorRecord } from '../../errors/error-record.ts';
import { WildcardPattern } from '../../operators/wildcard.ts';
import { addExtendedMember, extendedMembersOf } from '../../types/extended-members.ts';
import { Instance } from '../../values/instance.ts';
import { PSCustomObject, PSObject } from '../../values/ps-object.ts';
import type { Value } from '../../values/value.ts';
import { argumentError, cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription, CmdletSteps } from '../description.ts';
import { itemsOf, textsOf } from '../items-of.ts';
import { matchMembers } from './member-match.ts';
import { objectOrder } from './object-order.ts';
import {
  expressionKey,
  type PropertyExpression,
  type PropertyResult,
  propertyExpressions,
  valuesOf,
} from './property-expression.ts';

const most = 2 ** 31 - 1;
const upToTwo = ['DefaultParameter', 'SkipLastParameter'];

export const selectObject: CmdletDescription = {
  name: 'Select-Object',
  typeName: 'Microsoft.PowerShell.Commands.SelectObjectCommand',
  module: 'Microsoft.PowerShell.Utility',
  defaultSet: 'DefaultParameter',
  parameters: [
    { name: 'InputObject', type: 'object', fromPipeline: true, allowNull: true },
    { name: 'Property', type: 'object[]', sets: upToTwo, position: 0 },
    { name: 'ExcludeProperty', type: 'string[]', sets: upToTwo },
    { name: 'ExpandProperty', type: 'string', sets: upToTwo },
    { name: 'Unique', type: 'switch' },
    { name: 'CaseInsensitive', type: 'switch' },
    { name: 'Last', type: 'int', sets: ['DefaultParameter'], validate: { range: [0, most] } },
    { name: 'First', type: 'int', sets: ['DefaultParameter'], validate: { range: [0, most] } },
    { name: 'Skip', type: 'int', sets: upToTwo, validate: { range: [0, most] } },
    { name: 'SkipLast', type: 'int', sets: ['SkipLastParameter'], validate: { range: [0, most] } },
    { name: 'Wait', type: 'switch', sets: ['DefaultParameter', 'IndexParameter'] },
    { name: 'Index', type: 'int[]', sets: ['IndexParameter'], validate: { range: [0, most] } },
    { name: 'SkipIndex', type: 'int[]', sets: ['SkipIndexParameter'], validate: { range: [0, most] } },
  ],
  start: (call) => {
    const unique = call.isOn('Unique') ? uniqueWriter(call) : undefined;
    const project = projection(call, unique === undefined ? (value) => call.write(value) : unique.add);
    const steps = call.has('Index') || call.has('SkipIndex') ? indexSteps(call, project) : queueSteps(call, project);
    return {
      ...steps,
      end() {
        steps.end?.();
        unique?.flush();
      },
    };
  },
};

type Project = (input: Value) => void;

function numberOf(call: CmdletCall, parameter: string): number {
  const value = call.get(parameter);
  return typeof value === 'number' ? value : 0;
}

/** `-First`, `-Last`, `-Skip` and `-SkipLast`: what can go on at once does, the rest waits in a queue. */
function queueSteps(call: CmdletCall, project: Project): CmdletSteps {
  const first = numberOf(call, 'First');
  const last = numberOf(call, 'Last');
  const skipped = numberOf(call, 'Skip');
  const skipLast = numberOf(call, 'SkipLast');
  const limited = call.has('First') || call.has('Last');
  const wait = call.isOn('Wait');
  const queue: Value[] = [];
  let toSkip = skipped;
  let passed = 0;
  if (!limited && toSkip === 0 && skipLast === 0) {
    return {
      process() {
        const input = call.get('InputObject');
        if (input !== null && input !== undefined) project(input);
      },
    };
  }
  return {
    process() {
      const input = call.get('InputObject');
      if (input === null || input === undefined) return;
      if (last > 0 && queue.length >= (first === 0 ? last + toSkip : last)) queue.shift();
      queue.push(input);
      if (toSkip > 0) {
        if (last === 0 || first !== 0) {
          queue.shift();
          toSkip--;
        }
      } else if (skipLast > 0) {
        if (queue.length > skipLast) project(queue.shift());
      } else if (passed < first || !limited) {
        passed++;
        project(queue.shift());
      } else if (last === 0) queue.shift();
      if (!wait && limited && last === 0 && first !== 0 && passed >= first) call.stopUpstream();
    },
    end() {
      if (call.parameterSet !== 'DefaultParameter') return;
      const keep = first === 0 ? skipped : 0;
      while (queue.length > keep) project(queue.shift());
    },
  };
}

function indexSteps(call: CmdletCall, project: Project): CmdletSteps {
  const include = call.has('Index');
  const indexes = new Set(itemsOf(call.get(include ? 'Index' : 'SkipIndex')));
  const wait = call.isOn('Wait');
  let at = 0;
  let left = indexes.size;
  return {
    process() {
      const input = call.get('InputObject');
      if (input === null || input === undefined) return;
      const listed = indexes.has(at++);
      if (listed) left--;
      if (listed === include) project(input);
      if (include && !wait && left <= 0) call.stopUpstream();
    },
  };
}

/** What is written for one object: itself, a new object of the properties asked for, or the value of one property. */
function projection(call: CmdletCall, write: (value: Value, added: number) => void): Project {
  const exclude = textsOf(call.get('ExcludeProperty')).map((pattern) => new WildcardPattern(pattern));
  let given = itemsOf(call.get('Property'));
  if (given.length === 0 && call.has('ExcludeProperty')) given = ['*'];
  const keys = [expressionKey, { name: 'name', aliases: ['label'], types: ['System.String'] }];
  const properties = propertyExpressions(call, given, keys);
  const expandName = call.has('ExpandProperty') ? call.session.text(call.get('ExpandProperty')) : '';
  const [expand] = expandName === '' ? [] : propertyExpressions(call, [expandName], keys);
  // What is passed on gets identity: the result of `1..3 | Select-Object -First 1` is a `[psobject]`.
  if (given.length === 0 && expand === undefined) {
    return (input) => write(input instanceof Instance ? input : new PSObject(input), 0);
  }
  return (input) => {
    const found = properties.flatMap((property) => resultsOf(call, property, input, exclude));
    if (expand === undefined) write(newObject(call, input, found), found.length);
    else expandProperty(call, expand, expandName, input, found, write);
  };
}

function resultsOf(
  call: CmdletCall,
  property: PropertyExpression,
  input: Value,
  exclude: readonly WildcardPattern[],
): { readonly name: string; readonly value: Value }[] {
  const given = property.options.get('name');
  const isExcluded = (name: string) => exclude.some((pattern) => pattern.matches(name));
  let results = valuesOf(property, input, call);
  if (exclude.length > 0) results = results.filter((result) => !isExcluded(result.name));
  if (results.length === 0 && !property.isWildcard) {
    if (isExcluded(property.text)) return [];
    return [{ name: typeof given === 'string' && given !== '' ? given : property.text, value: null }];
  }
  if (typeof given === 'string' && given !== '') {
    if (results.length <= 1) return results.map(({ value }) => ({ name: given, value }));
    const message = 'Cannot rename multiple results.';
    call.writeError(cmdletError('RenamingMultipleResults', message, { target: input }));
    return [];
  }
  if (results.some((result) => result.name === '')) {
    const message = 'A property is an empty script block and does not provide a name.';
    call.fail(argumentError('EmptyScriptBlockAndNoName', message, 'Property'));
  }
  return results;
}

function newObject(call: CmdletCall, input: Value, found: readonly { name: string; value: Value }[]): Value {
  const result = new PSCustomObject();
  for (const { name, value } of found) {
    const folded = name.toLowerCase();
    if (result.members.has(folded)) alreadyThere(call, name, input, 'AlreadyExistingUserSpecifiedPropertyNoExpand');
    else result.members.set(folded, { kind: 'note', name, value });
  }
  const base = baseOf(input);
  if (base !== null && base !== undefined) {
    const clrName = 'System.Management.Automation.PSCustomObject';
    result.typeNames = [`Selected.${typeOf(base).name}`, clrName, 'System.Object'];
  }
  return result;
}

function alreadyThere(call: CmdletCall, name: string, input: Value, id: string): void {
  const message = `The property cannot be processed because the property "${name}" already exists.`;
  call.writeError(argumentError(id, message, 'Property', { category: 'InvalidOperation', target: input }));
}

function expandProperty(
  call: CmdletCall,
  expand: PropertyExpression,
  name: string,
  input: Value,
  found: readonly { name: string; value: Value }[],
  write: (value: Value, added: number) => void,
): void {
  const results: readonly PropertyResult[] = valuesOf(expand, input, call);
  const [result] = results;
  if (result === undefined) {
    const message = `Property "${name}" cannot be found.`;
    call.writeError(argumentError('ExpandPropertyNotFound', message, 'ExpandProperty', { target: input }));
    return;
  }
  if (results.length > 1) {
    const message = 'Multiple properties cannot be expanded.';
    call.writeError(argumentError('MutlipleExpandProperties', message, 'ExpandProperty', { target: input }));
    return;
  }
  if (result.exception !== undefined) {
    call.writeError(new ErrorRecord(result.exception, 'PropertyEvaluationExpand', 'InvalidResult', input));
    return;
  }
  if (baseOf(result.value) === null) return;
  for (const item of enumerable(result.value, call.session) ?? [result.value]) {
    if (baseOf(item) === null) continue;
    write(found.length === 0 ? item : withProperties(call, item, input, found), found.length);
  }
}

/** The expanded value with the other properties asked for; a bare value gets identity to carry them. */
function withProperties(
  call: CmdletCall,
  item: Value,
  input: Value,
  found: readonly { name: string; value: Value }[],
): Value {
  const carrier = item instanceof Instance ? item : new PSObject(item);
  for (const { name, value } of found) {
    const isThere =
      extendedMembersOf(carrier)?.has(name.toLowerCase()) || matchMembers(item, name, call.session).length > 0;
    if (isThere) alreadyThere(call, name, input, 'AlreadyExistingUserSpecifiedPropertyExpand');
    else addExtendedMember(carrier, { kind: 'note', name, value });
  }
  return carrier;
}

/** `-Unique`: objects are kept until the end, each once. Objects of properties are the same where all of them are. */
function uniqueWriter(call: CmdletCall): { add: (value: Value, added: number) => void; flush: () => void } {
  const compare = objectOrder(call.session, { ignoreCase: call.isOn('CaseInsensitive') });
  const kept: { readonly value: Value; readonly added: number }[] = [];
  const isSame = (a: Value, b: Value, added: number): boolean => {
    if (added === 0 || !(a instanceof PSCustomObject) || !(b instanceof PSCustomObject)) return compare(a, b) === 0;
    for (const [name, member] of a.members) {
      const other = b.members.get(name);
      if (member.kind !== 'note' || other?.kind !== 'note' || compare(member.value, other.value) !== 0) return false;
    }
    return true;
  };
  return {
    add(value, added) {
      if (!kept.some((known) => known.added === added && isSame(value, known.value, added)))
        kept.push({ value, added });
    },
    flush() {
      for (const { value } of kept) call.write(value);
    },
  };
}
