import { isProblem } from '@joinery/problems';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { share } from '../../../../../testing/fuzz-runs.ts';
import { valuesOf } from '../import/directory-under-test.ts';
import { readingInClear, type Told } from './delta-under-test.ts';
import { type Attributes, type FakeChangeLog, fakeChangeLog } from './fake-change-log.ts';

const suffix = 'dc=contoso,dc=lab';
const uniqueId =
  "( 2.16.840.1.113730.3.1.542 NAME 'nsUniqueId' SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE NO-USER-MODIFICATION USAGE directoryOperation )";

/** One entry of the model. */
interface Node {
  readonly id: number;
  readonly isPerson: boolean;
  rdn: string;
  sn: number;
  parent: Node | undefined;
}

/** What an administrator does next; numbers choose among what is there. */
interface Act {
  readonly kind: 'person' | 'unit' | 'modify' | 'delete' | 'rename' | 'move';
  readonly which: number;
  readonly where: number;
  readonly name: number;
}

const acts: fc.Arbitrary<readonly Act[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('person', 'person', 'unit', 'modify', 'delete', 'rename', 'move', 'move'),
    which: fc.nat(50),
    where: fc.nat(50),
    // Few names, so that they are used again.
    name: fc.nat(3),
  }),
  { maxLength: 14 },
);

/** A directory that keeps a log as 389 does: `ou=in` is read, `ou=out` is not. */
class Model {
  readonly #log: FakeChangeLog;
  /** The account of the connector sees nothing of `ou=out`. */
  readonly #isHidden: boolean;
  readonly #roots: readonly Node[];
  #nodes: Node[] = [];
  #count = 0;
  #number = 1;

  constructor(log: FakeChangeLog, isHidden: boolean) {
    this.#log = log;
    this.#isHidden = isHidden;
    log.entries.clear();
    log.records.clear();
    log.records.set(1, { targetDn: [suffix], changeType: ['add'] });
    this.#roots = ['ou=in', 'ou=out'].map((rdn) => ({ id: 0, isPerson: false, rdn, sn: 0, parent: undefined }));
    this.#show();
  }

  act({ kind, which, where, name }: Act): void {
    const containers = [...this.#roots, ...this.#nodes.filter(({ isPerson }) => !isPerson)];
    const parent = containers[where % containers.length];
    const node = this.#nodes[which % Math.max(1, this.#nodes.length)];
    if (kind === 'person' || kind === 'unit') {
      this.#count += 1;
      const added = {
        id: this.#count,
        isPerson: kind === 'person',
        rdn: rdnOf(kind === 'person', name),
        sn: 0,
        parent,
      };
      if (this.#isTaken(added.rdn, parent)) return;
      this.#nodes.push(added);
      this.#write('add', added);
    } else if (node === undefined || parent === undefined) {
      return;
    } else if (kind === 'modify') {
      this.#write('modify', node);
      node.sn += 1;
    } else if (kind === 'delete') {
      if (this.#nodes.some((other) => other.parent === node)) return;
      this.#write('delete', node);
      this.#nodes = this.#nodes.filter((other) => other !== node);
    } else {
      this.#rename(node, rdnOf(node.isPerson, name), kind === 'move' ? parent : node.parent);
    }
    this.#show();
  }

  #rename(node: Node, rdn: string, parent: Node | undefined): void {
    for (let above = parent; above !== undefined; above = above.parent) if (above === node) return;
    if (this.#isTaken(rdn, parent)) return;
    const moved = parent === node.parent ? {} : { newSuperior: [dnOf(parent)] };
    this.#write('modrdn', node, { newRdn: [rdn], ...moved });
    node.rdn = rdn;
    node.parent = parent;
  }

  #isTaken(rdn: string, parent: Node | undefined): boolean {
    return this.#nodes.some((other) => other.parent === parent && other.rdn === rdn);
  }

  #write(type: string, node: Node, more: Attributes = {}): void {
    this.#number += 1;
    const record = { targetDn: [dnOf(node)], changeType: [type], targetuniqueid: [idOf(node)], ...more };
    this.#log.records.set(this.#number, record);
  }

  #show(): void {
    const { entries } = this.#log;
    entries.clear();
    for (const node of [...this.#roots, ...this.#nodes]) {
      if (this.#isHidden && dnOf(node).endsWith(`ou=out,${suffix}`)) continue;
      const objectClass = node.isPerson ? ['inetOrgPerson'] : ['organizationalUnit'];
      entries.set(dnOf(node), { objectClass, cn: ['x'], sn: [String(node.sn)], nsUniqueId: [idOf(node)] });
    }
  }
}

function rdnOf(isPerson: boolean, name: number): string {
  return `${isPerson ? 'uid' : 'ou'}=${name}`;
}

function dnOf(node: Node | undefined): string {
  return node === undefined ? suffix : `${node.rdn},${dnOf(node.parent)}`;
}

function idOf({ id }: Node): string {
  return `${String(id).padStart(8, '0')}-00000000-00000000-00000000`;
}

/** What a connector space holds after an import, by anchor. */
function applied(space: ReadonlyMap<string, string>, { entries }: Told): ReadonlyMap<string, string> {
  const after = new Map(space);
  for (const entry of entries) {
    const anchor = String(entry.anchorAttributes[0]?.value);
    if (entry.objectModificationType === 'Delete') after.delete(anchor);
    else after.set(anchor, `${entry.dn} ${String(valuesOf(entry, 'sn'))}`);
  }
  return after;
}

describe.each([
  { anchor: 'entryDN', isHidden: false },
  { anchor: 'nsUniqueId', isHidden: false },
  { anchor: 'entryDN', isHidden: true },
  { anchor: 'nsUniqueId', isHidden: true },
])('with the anchor $anchor, what is not read hidden: $isHidden', ({ anchor, isHidden }) => {
  test('whatever happens to a directory, deltas bring the same objects as a full import, each once', async () => {
    const about = { vendorName: ['389 Project'] };
    const log = await fakeChangeLog(about, { attributeTypes: [uniqueId] });
    const selected = { types: ['inetOrgPerson'], attributes: ['cn', 'sn'], anchors: [anchor] };
    const target = readingInClear(log.server, selected, { partitions: [{ dn: `ou=in,${suffix}`, containers: [] }] });

    /** A delta as a host does it: what cannot be told by one is told by a full import. */
    async function change(space: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, string>> {
      try {
        const told = await target.delta(3);
        const objects = told.entries.map(({ anchorAttributes: [object] }) => object?.value);
        expect(new Set(objects).size).toBe(objects.length);
        return applied(space, told);
      } catch (error) {
        if (!isHidden || !isProblem(error, 'CONNECTOR_WATERMARK_INVALID')) throw error;
        return applied(new Map(), await target.full());
      }
    }

    await fc.assert(
      fc.asyncProperty(acts, acts, acts, async (first, second, third) => {
        const model = new Model(log, isHidden);
        for (const act of first) model.act(act);
        let space = applied(new Map(), await target.full());
        for (const history of [second, third]) {
          for (const act of history) model.act(act);
          space = await change(space);
          const { watermark } = target;
          expect(space).toEqual(applied(new Map(), await target.full()));
          target.watermark = watermark;
        }
      }),
      share(0.00025),
    );
  });
});
