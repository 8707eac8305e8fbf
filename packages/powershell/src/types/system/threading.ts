import { netFailure } from '../../errors/raise.ts';
import { Instance } from '../../values/instance.ts';
import { netEquals } from '../../values/key-comparer.ts';
import { as, bool, int } from '../../values/narrow.ts';
import { PSReference } from '../../values/ps-reference.ts';
import type { Value } from '../../values/value.ts';
import { currentCultureProperty, currentUiCultureProperty } from '../globalization/current-culture-properties.ts';
import { namedType } from '../intrinsic.ts';
import { methodTable } from '../method-table.ts';
import type { CallContext, NetType, Overload, TypeDescription } from '../net-type.ts';
import { ticksPerMillisecond } from '../time/calendar.ts';
import { pause } from '../time/pause.ts';
import { TimeSpan } from '../time/time-span.ts';

/*
 * A script runs on one thread: what would wait for others does nothing.
 */

class Thread extends Instance {
  get type(): NetType {
    return namedType('System.Threading.Thread');
  }
}

const current = new Thread();

function sleep(milliseconds: number, context: CallContext): undefined {
  if (milliseconds < -1) {
    throw netFailure(
      'System.ArgumentOutOfRangeException',
      'Number must be either non-negative and less than or equal to Int32.MaxValue or -1.',
      { parameter: 'millisecondsTimeout' },
    );
  }
  pause(context.budget, milliseconds === -1 ? Number.MAX_SAFE_INTEGER : milliseconds);
  return undefined;
}

/** Changes what a reference holds. @returns what it held before and what it holds now */
function change(reference: Value, next: (held: Value) => Value): { before: Value; after: Value } {
  const held = as(reference, PSReference);
  const before = held.value ?? null;
  const after = next(before);
  held.value = after;
  return { before, after };
}

/** Sums wrap round. */
function sum(held: Value, added: Value): Value {
  if (typeof held === 'number' && typeof added === 'number') return (held + added) | 0;
  return BigInt.asIntN(64, whole(held) + whole(added));
}

function whole(value: Value): bigint {
  return typeof value === 'bigint' ? value : BigInt(int(value));
}

function interlocked(type: 'int' | 'long'): Readonly<Record<string, Overload['invoke']>> {
  const one = type === 'int' ? 1 : 1n;
  const minusOne = type === 'int' ? -1 : -1n;
  return {
    [`static ${type} Increment([ref] ${type} location)`]: (_self, [place]) =>
      change(place, (held) => sum(held, one)).after,
    [`static ${type} Decrement([ref] ${type} location)`]: (_self, [place]) =>
      change(place, (held) => sum(held, minusOne)).after,
    [`static ${type} Add([ref] ${type} location1, ${type} value)`]: (_self, [place, value]) =>
      change(place, (held) => sum(held, value)).after,
    [`static ${type} Exchange([ref] ${type} location1, ${type} value)`]: (_self, [place, value]) =>
      change(place, () => value).before,
    [`static ${type} CompareExchange([ref] ${type} location1, ${type} value, ${type} comparand)`]: (
      _self,
      [place, value, expected],
    ) => change(place, (held) => (netEquals(held ?? null, expected ?? null) ? value : held)).before,
  };
}

/** Throws `NetFailure` (ArgumentNullException) for null. */
function entered(value: Value, taken?: Value): undefined {
  if (value === null || value === undefined) throw netFailure('System.ArgumentNullException', 'Value cannot be null.');
  if (taken instanceof PSReference) taken.value = true;
  return undefined;
}

export const threadingDescriptions: readonly TypeDescription[] = [
  {
    name: 'System.Threading.Thread',
    kind: 'class',
    staticProperties: { CurrentThread: { type: 'System.Threading.Thread', get: () => current } },
    staticMethods: methodTable({
      'static void Sleep(int millisecondsTimeout)': (_self, [milliseconds], context) =>
        sleep(int(milliseconds), context),
      'static void Sleep(timespan timeout)': (_self, [timeout], context) =>
        sleep(Number(as(timeout, TimeSpan).ticks / ticksPerMillisecond), context),
    }),
    properties: {
      CurrentCulture: currentCultureProperty,
      CurrentUICulture: currentUiCultureProperty,
      IsAlive: { type: 'bool', get: () => true },
      IsBackground: { type: 'bool', get: () => false },
      ManagedThreadId: { type: 'int', get: () => 1 },
      Name: { type: 'string', get: () => null },
    },
  },
  {
    name: 'System.Threading.Interlocked',
    kind: 'class',
    isAbstract: true,
    staticMethods: methodTable({ ...interlocked('int'), ...interlocked('long') }),
  },
  {
    name: 'System.Threading.Monitor',
    kind: 'class',
    isAbstract: true,
    staticMethods: methodTable({
      'static void Enter(System.Object obj)': (_self, [value]) => entered(value),
      'static void Enter(System.Object obj, [ref] bool lockTaken)': (_self, [value, taken]) => entered(value, taken),
      'static void Exit(System.Object obj)': (_self, [value]) => entered(value),
      'static bool TryEnter(System.Object obj)': (_self, [value]) => entered(value) === undefined,
      'static bool TryEnter(System.Object obj, int millisecondsTimeout)': (_self, [value]) =>
        entered(value) === undefined,
    }),
  },
  {
    name: 'System.GC',
    kind: 'class',
    isAbstract: true,
    staticProperties: { MaxGeneration: { type: 'int', get: () => 2 } },
    staticMethods: methodTable({
      'static void Collect()': () => undefined,
      'static void Collect(int generation)': () => undefined,
      'static long GetTotalMemory(bool forceFullCollection)': (_self, [force]) => {
        bool(force);
        return BigInt(process.memoryUsage().heapUsed);
      },
      'static void SuppressFinalize(System.Object obj)': () => undefined,
      'static void WaitForPendingFinalizers()': () => undefined,
    }),
  },
];
