import { readFile } from 'node:fs/promises';
import { homeAt, type NewConnector, type NewObjectType } from '@joinery/host';
import { TestHome, type TestHomeOptions } from './home.ts';
import { effects, fillLedger, ledgerConnector, objectsOf } from './ledger.ts';

/** A target of the mixed load: what it can, and what stands in it. */
export interface StormTarget {
  readonly name: string;
  /** What becomes of a person who is disabled: marked, or deleted. */
  readonly disabling: 'mark' | 'delete';
  /** Whether the host can find out what became of a write: by a look-up or by a full import. */
  readonly decidable: boolean;
  readonly passwords: boolean;
  readonly connector: NewConnector;
}

type Flow = NonNullable<NewObjectType['deprovisioning']>['disableFlow'];

const MARK: Flow = { kind: 'SetAttributeValue', attribute: 'status', value: 'left', enableValue: 'here' };

function personType(objectType: string, disableFlow: Flow, passwords: boolean): NewObjectType {
  return {
    objectType,
    anchor: 'id',
    queryAttribute: 'userName',
    attributes: [
      { name: 'id' },
      { name: 'userName' },
      { name: 'title' },
      { name: 'status', deprovisioning: true },
      ...(passwords ? [{ name: 'export_password' }] : []),
    ],
    deprovisioning: { statusAttribute: undefined, disableFlow, deleteFlow: { kind: 'Delete' } },
  };
}

/** Several pages, so that writes fall between them. */
const pageSize = 15;

/** It can be read as a whole, and not be asked for one person. */
export const LEDGER: StormTarget = {
  name: 'ledger',
  disabling: 'delete',
  decidable: true,
  passwords: true,
  connector: {
    name: 'ledger',
    connector: 'ledger',
    types: [personType('user', { kind: 'Delete' }, true)],
    pageSize,
  },
};

/** A file with look-up and import, one that can only be read as a whole, and one that can only be written. */
export const STORM_TARGETS: readonly StormTarget[] = [
  {
    name: 'files',
    disabling: 'mark',
    decidable: true,
    passwords: false,
    connector: {
      name: 'files',
      connector: 'csv',
      parameters: { FileName: 'people.csv', Anchor: 'id' },
      types: [personType('Person', MARK, false)],
      pageSize,
    },
  },
  LEDGER,
  {
    name: 'blind',
    disabling: 'mark',
    decidable: false,
    passwords: false,
    connector: {
      name: 'blind',
      connector: 'ledger',
      parameters: { Import: false },
      types: [personType('user', MARK, false)],
    },
  },
];

/** People whom the readable targets have from the start. */
const PEOPLE = Array.from({ length: 40 }, (_, number) => `id-${number}`);

/** What stands in a target for one person: title and hidden mark; undefined for nobody. */
export type State = string | undefined;

export function stateOf(title: string, status = ''): string {
  return `${title}/${status}`;
}

/** A home folder with the three targets, two of them filled. */
export async function stormHome(options: TestHomeOptions = {}): Promise<TestHome> {
  const connectors = STORM_TARGETS.map(({ connector }) => connector);
  const home = await TestHome.create({ ...options, connectors, kinds: [ledgerConnector] });
  const rows = PEOPLE.map((id) => `${id};${nameOf(id)};Engineer;`);
  await home.write(`${['id;userName;title;status', ...rows].join('\n')}\n`, 'files', 'people.csv');
  fillLedger(
    homeAt(home.folder).connectorFolder('ledger'),
    PEOPLE.map((id) => ({ id, userName: nameOf(id), title: 'Engineer' })),
  );
  return home;
}

export function nameOf(id: string): string {
  return `${id}@contoso.example`;
}

/** The people of a filled target as an oracle starts with them. */
export function startOf(target: StormTarget): Map<string, ReadonlySet<State>> {
  return new Map(target.name === 'blind' ? [] : PEOPLE.map((id) => [id, new Set([stateOf('Engineer')])]));
}

/** What really stands in a target: every state that is there for a person, so that one who is there twice has two. */
export async function statesIn(home: TestHome, target: StormTarget): Promise<Map<string, string[]>> {
  const states = new Map<string, string[]>();
  const add = (id: string, state: string): void => void states.set(id, [...(states.get(id) ?? []), state]);
  if (target.name === 'files') {
    const [, ...lines] = (await readFile(home.file('files', 'people.csv'), 'utf8')).trim().split('\n');
    for (const line of lines) {
      const [id = '', , title = '', status] = line.split(';');
      add(id, stateOf(title, status));
    }
  } else {
    for (const [id, { title = '', status }] of objectsOf(effectsIn(home, target))) add(id, stateOf(title, status));
  }
  return states;
}

/** Every effect that a target has recorded. */
export function effectsIn(home: TestHome, target: StormTarget): ReturnType<typeof effects> {
  return effects(homeAt(home.folder).connectorFolder(target.name));
}
