import { baseOf, typeOf } from '../../conversion/base.ts';
import { enumerable } from '../../conversion/enumerate.ts';
import { closeType } from '../../types/closed-type.ts';
import { ArrayList } from '../../types/collections/array-list.ts';
import { GenericList } from '../../types/collections/generic-list.ts';
import { Hashtable } from '../../types/collections/hashtable.ts';
import { namedType, netTypes } from '../../types/intrinsic.ts';
import type { NetType } from '../../types/net-type.ts';
import { defaultComparer, ignoreCaseComparer } from '../../values/key-comparer.ts';
import type { Value } from '../../values/value.ts';
import { cmdletError } from '../cmdlet-error.ts';
import { DataObject } from '../data-object.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { itemsOf } from '../items-of.ts';
import { type Keyed, keyOrder, keyReader } from './property-order.ts';

const groupInfo = 'Microsoft.PowerShell.Commands.GroupInfo';

export const groupObject: CmdletDescription = {
  name: 'Group-Object',
  typeName: 'Microsoft.PowerShell.Commands.GroupObjectCommand',
  module: 'Microsoft.PowerShell.Utility',
  parameters: [
    { name: 'NoElement', type: 'switch' },
    { name: 'AsHashTable', type: 'switch', aliases: ['AHT'], sets: ['HashTable'] },
    { name: 'AsString', type: 'switch', sets: ['HashTable'] },
    { name: 'InputObject', type: 'object', fromPipeline: true, allowNull: true },
    { name: 'Property', type: 'object[]', position: 0 },
    {
      name: 'Culture',
      type: 'string',
      coverage: { state: 'approximated', why: 'text is compared as in the invariant culture' },
    },
    { name: 'CaseSensitive', type: 'switch' },
  ],
  start: (call) => {
    const properties = itemsOf(call.get('Property'));
    const reader = keyReader(call, properties);
    const entries: Keyed[] = [];
    return {
      process() {
        const input = call.get('InputObject');
        if (input === null || input === undefined) return;
        if (entries.length === 0) checkSwitches(call, properties.length);
        entries.push(reader.read(input));
      },
      end() {
        const order = keyOrder(call, reader.expressions, { ignoreCase: !call.isOn('CaseSensitive') });
        const groups = groupsOf(entries, order, () => call.session.budget.step());
        if (groups.length > 0) writeGroups(call, groups);
      },
    };
  },
};

function checkSwitches(call: CmdletCall, properties: number): void {
  const refuse = (message: string, target: Value) =>
    call.fail(
      cmdletError('ArgumentException', message, {
        type: 'System.ArgumentException',
        category: 'InvalidArgument',
        target,
      }),
    );
  if (call.isOn('AsString') && !call.isOn('AsHashTable')) {
    refuse(
      'The command cannot be run because the AsString parameter requires that you specify the AsHashtable parameter.',
      call.get('AsString'),
    );
  }
  if (call.isOn('AsHashTable') && !call.isOn('AsString') && properties > 1) {
    refuse(
      'The command cannot be run because using the AsHashTable parameter with more than one property requires adding the AsString parameter.',
      call.get('Property'),
    );
  }
}

interface Group {
  readonly first: Keyed;
  readonly members: Value[];
}

/** Groups in the order of their keys while the keys of all objects have the same types, else in order of appearance. */
function groupsOf(entries: readonly Keyed[], order: (left: Keyed, right: Keyed) => number, step: () => void): Group[] {
  const groups: Group[] = [];
  const start = (entry: Keyed) => groups.push({ first: entry, members: [entry.input] });
  if (haveSameTypes(entries)) {
    for (const entry of [...entries].sort(order)) {
      const last = groups.at(-1);
      if (last !== undefined && order(last.first, entry) === 0) last.members.push(entry.input);
      else start(entry);
    }
    return groups;
  }
  for (const entry of entries) {
    const known = groups.find((group) => {
      step();
      return order(group.first, entry) === 0;
    });
    if (known === undefined) start(entry);
    else known.members.push(entry.input);
  }
  return groups;
}

function haveSameTypes(entries: readonly Keyed[]): boolean {
  const types: (NetType | undefined)[] = [];
  for (const { keys } of entries) {
    for (const [at, key] of keys.entries()) {
      const base = baseOf(key);
      if (base === null || base === undefined) continue;
      const type = typeOf(base);
      types[at] ??= type;
      if (types[at] !== type) return false;
    }
  }
  return true;
}

function nameOf(call: CmdletCall, keys: readonly Value[]): string {
  const names = keys
    .filter((key) => baseOf(key) !== null)
    .map((key) => {
      const items = enumerable(key, call.session);
      if (items === undefined) return call.session.text(key);
      return `{${[...items].map((item) => call.session.text(item)).join(', ')}}`;
    });
  return names.join(', ');
}

function writeGroups(call: CmdletCall, groups: readonly Group[]): void {
  if (!call.isOn('AsHashTable')) {
    const isBare = call.isOn('NoElement');
    for (const { first, members } of groups) {
      call.write(
        new DataObject(isBare ? `${groupInfo}NoElement` : groupInfo, {
          Count: members.length,
          Group: collection(isBare ? [] : members),
          Name: nameOf(call, first.keys),
          Values: new ArrayList(first.keys.map((key) => key ?? null)),
        }),
      );
    }
    return;
  }
  const table = new Hashtable(call.isOn('CaseSensitive') ? defaultComparer : ignoreCaseComparer);
  for (const { first, members } of groups) {
    const key = call.isOn('AsString') ? nameOf(call, first.keys) : baseOf(first.keys[0]);
    if (key === null || !table.add(key, collection(members))) {
      const message =
        'The objects grouped by this property cannot be expanded because there is a key duplication. Provide a valid value for the property, and then try again.';
      call.writeError(cmdletError(message, message, { type: 'System.Exception', category: 'InvalidArgument' }));
      return;
    }
  }
  call.write(table);
}

function collection(items: Value[]): GenericList {
  const type = closeType(namedType('System.Collections.ObjectModel.Collection`1'), [netTypes.psObject]);
  return new GenericList(type, netTypes.psObject, items);
}
