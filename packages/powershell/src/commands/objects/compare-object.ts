import { addExtendedMember, extendedMembersFor } from '../../types/extended-members.ts';
import { Instance } from '../../values/instance.ts';
import { PSCustomObject, PSObject } from '../../values/ps-object.ts';
import type { Value } from '../../values/value.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { itemsOf } from '../items-of.ts';
import { type Keyed, keyOrder, keyReader } from './property-order.ts';
import { WaitingEntries } from './waiting-entries.ts';

export const compareObject: CmdletDescription = {
  name: 'Compare-Object',
  typeName: 'Microsoft.PowerShell.Commands.CompareObjectCommand',
  module: 'Microsoft.PowerShell.Utility',
  aliases: ['compare', 'diff'],
  parameters: [
    { name: 'ReferenceObject', type: 'object[]', mandatory: true, position: 0, allowEmptyCollection: true },
    {
      name: 'DifferenceObject',
      type: 'object[]',
      mandatory: true,
      position: 1,
      fromPipeline: true,
      allowEmptyCollection: true,
    },
    { name: 'SyncWindow', type: 'int', validate: { range: [0, 2 ** 31 - 1] } },
    { name: 'Property', type: 'object[]' },
    { name: 'ExcludeDifferent', type: 'switch' },
    { name: 'IncludeEqual', type: 'switch' },
    { name: 'PassThru', type: 'switch' },
    {
      name: 'Culture',
      type: 'string',
      coverage: { state: 'approximated', why: 'text is compared as in the invariant culture' },
    },
    { name: 'CaseSensitive', type: 'switch' },
  ],
  start: (call) => {
    const excludeDifferent = call.isOn('ExcludeDifferent');
    if (excludeDifferent && call.has('IncludeEqual') && !call.isOn('IncludeEqual')) return {};
    const reader = keyReader(call, itemsOf(call.get('Property')));
    const ignoreCase = !call.isOn('CaseSensitive');
    const order = keyOrder(call, reader.expressions, { ignoreCase });
    const emit = emitter(
      call,
      reader.expressions.map((expression) => expression.text),
    );
    const shown: Record<Side, boolean> = {
      '==': call.isOn('IncludeEqual') || excludeDifferent,
      '<=': !excludeDifferent,
      '=>': !excludeDifferent,
    };
    const show = (entry: Keyed, side: Side) => {
      if (shown[side]) emit(entry, side);
    };
    const references = itemsOf(call.get('ReferenceObject')).map((input) => reader.read(input));
    const window = call.get('SyncWindow');
    const matcher = matchWithin(
      typeof window === 'number' ? window : 2 ** 31 - 1,
      (left, right) => {
        call.session.budget.step();
        return order(left, right);
      },
      ignoreCase,
      show,
    );
    let at = 0;
    return {
      process() {
        for (const input of itemsOf(call.get('DifferenceObject'))) {
          matcher.step(references[at++], reader.read(input));
        }
      },
      end() {
        while (at < references.length) matcher.step(references[at++], undefined);
        matcher.finish();
      },
    };
  },
};

type Side = '==' | '<=' | '=>';

/**
 * Pairs the entries of both sides as they come, one of each at a time: what has no partner yet waits for one until the
 * window is full, and is then told as different.
 */
function matchWithin(
  window: number,
  order: (left: Keyed, right: Keyed) => number,
  ignoreCase: boolean,
  show: (entry: Keyed, side: Side) => void,
): { step(reference: Keyed | undefined, difference: Keyed | undefined): void; finish(): void } {
  const references = new WaitingEntries(order, ignoreCase);
  const differences = new WaitingEntries(order, ignoreCase);
  const wait = (entry: Keyed, waiting: WaitingEntries, side: Side) => {
    if (window === 0) {
      show(entry, side);
      return;
    }
    if (waiting.size >= window) {
      const oldest = waiting.takeOldest();
      if (oldest !== undefined) show(oldest, side);
    }
    waiting.add(entry);
  };
  return {
    step(reference, difference) {
      if (reference !== undefined && difference !== undefined && order(reference, difference) === 0) {
        show(reference, '==');
        return;
      }
      const known = difference === undefined ? undefined : references.take(difference);
      if (known !== undefined) show(known, '==');
      const isPaired = reference !== undefined && differences.take(reference) !== undefined;
      if (isPaired) show(reference, '==');
      if (difference !== undefined && known === undefined) wait(difference, differences, '=>');
      if (reference !== undefined && !isPaired) wait(reference, references, '<=');
    },
    finish() {
      for (const entry of differences.left()) show(entry, '=>');
      for (const entry of references.left()) show(entry, '<=');
    },
  };
}

function emitter(call: CmdletCall, properties: readonly string[]): (entry: Keyed, side: Side) => void {
  const passThru = call.isOn('PassThru');
  return ({ input, keys }, side) => {
    let result: Instance;
    if (passThru) result = input instanceof Instance ? input : new PSObject(input);
    else {
      result = new PSCustomObject();
      if (properties.length === 0) addNote(result, 'InputObject', input);
      for (const [at, name] of properties.entries()) {
        if (!extendedMembersFor(result).has(name.toLowerCase())) addNote(result, name, keys[at] ?? null);
      }
    }
    extendedMembersFor(result).delete('sideindicator');
    addNote(result, 'SideIndicator', side);
    call.write(result);
  };
}

function addNote(target: Instance, name: string, value: Value): void {
  addExtendedMember(target, { kind: 'note', name, value });
}
