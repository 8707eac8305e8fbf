import type { SpaceRow } from '../../src/space/row.ts';
import type { ReferenceDefinition } from '../../src/space/writer/calls.ts';

/** An object as the model knows it. */
export interface Thing {
  readonly id: string;
  readonly value: string;
  /** Tells its names apart; what others refer to it by contains it. */
  readonly name: number;
  readonly manager: string | undefined;
  readonly members: readonly string[];
}

export const references: readonly ReferenceDefinition[] = ['User', 'Group'].flatMap((type): ReferenceDefinition[] => [
  {
    type,
    attribute: 'manager',
    steps: ['urn:x', 'manager'],
    list: false,
    form: 'id',
    dnStyle: 'Generic',
    to: ['User'],
  },
  {
    type,
    attribute: 'member',
    steps: ['members'],
    list: true,
    form: 'member',
    dnStyle: 'Generic',
    to: ['User', 'Group'],
  },
]);

export function typeOf(id: string): string {
  return id.startsWith('g') ? 'Group' : 'User';
}

/** What a target calls an object; keys are folded, so references may spell it otherwise. */
export function nameOf(id: string, name: number): string {
  return `CN=${id.toUpperCase()}-${name}`;
}

export function rowOf({ id, value, name, manager, members }: Thing): SpaceRow {
  return {
    id,
    type: typeOf(id),
    body: JSON.stringify({ schemas: ['urn:x'], id, 'urn:x': { title: value } }),
    hidden: null,
    dn: nameOf(id, name),
    referenceKey: nameOf(id, name).toLowerCase(),
    references:
      manager === undefined && members.length === 0
        ? null
        : {
            ...(manager === undefined ? {} : { manager: [manager] }),
            ...(members.length === 0 ? {} : { member: members }),
          },
  };
}

/** What callers must see of all things, by id: names stand for the things that have them, and for nothing otherwise. */
export function shownOf(things: ReadonlyMap<string, Thing>): Map<string, unknown> {
  const byName = new Map([...things.values()].map(({ id, name }) => [nameOf(id, name).toLowerCase(), id]));
  const shown = new Map<string, unknown>();
  for (const thing of things.values()) {
    const manager = thing.manager === undefined ? undefined : byName.get(thing.manager.toLowerCase());
    const ids = new Set(thing.members.flatMap((member) => byName.get(member.toLowerCase()) ?? []));
    shown.set(thing.id, {
      title: thing.value,
      manager: manager !== undefined && typeOf(manager) === 'User' ? manager : undefined,
      members: [...ids].map((id) => ({ value: id, type: typeOf(id) })),
    });
  }
  return shown;
}

interface Import {
  readonly delta: boolean;
  /** What a full import has still to bring. */
  left: Thing[];
  /** What the target held when the import opened. */
  readonly all: ReadonlyMap<string, Thing>;
  /** What a delta import has brought, undefined for what is gone. */
  readonly changes: Map<string, Thing | undefined>;
  readonly touched: Set<string>;
  /** Brought, and not touched before. */
  readonly brought: Set<string>;
  /** Brought, and changed since only where they refer to what was renamed. */
  readonly following: Set<string>;
}

/** What a space must hold, whatever imports and exports do to it in which order. */
export class SpaceModel {
  target = new Map<string, Thing>();
  visible = new Map<string, Thing>();
  /** Exported and not read since. */
  unconfirmed = new Map<string, { readonly added: boolean; readonly missed: boolean }>();
  import: Import | undefined;

  put(thing: Thing, as: 'add' | 'change' | undefined): void {
    const before = this.unconfirmed.get(thing.id);
    const read = this.import?.brought.has(thing.id) === true;
    if (as === undefined) this.unconfirmed.delete(thing.id);
    else {
      const added = as === 'add' || (before?.added === true && !read);
      this.unconfirmed.set(thing.id, { added, missed: false });
    }
    const was = this.visible.get(thing.id);
    this.target.set(thing.id, thing);
    this.visible.set(thing.id, thing);
    this.import?.touched.add(thing.id);
    this.import?.following.delete(thing.id);
    if (was !== undefined && was.name !== thing.name) this.#follow(thing, nameOf(was.id, was.name));
  }

  /** What others refer to keeps their references when it is called otherwise. */
  #follow({ id, name }: Thing, from: string): void {
    const now = (raw: string): string => (raw.toLowerCase() === from.toLowerCase() ? nameOf(id, name) : raw);
    for (const other of this.visible.values()) {
      const manager = other.manager === undefined || typeOf(id) !== 'User' ? other.manager : now(other.manager);
      const members = other.members.map(now);
      if (manager === other.manager && members.every((each, at) => each === other.members[at])) continue;
      this.visible.set(other.id, { ...other, manager, members });
      this.import?.touched.add(other.id);
      if (other.id !== id && this.import?.brought.has(other.id) === true) this.import.following.add(other.id);
    }
  }

  remove(id: string): void {
    this.target.delete(id);
    this.visible.delete(id);
    this.unconfirmed.delete(id);
    this.import?.touched.add(id);
    this.import?.following.delete(id);
  }

  open(delta: boolean): void {
    const all = new Map(this.target);
    const sets = { touched: new Set<string>(), brought: new Set<string>(), following: new Set<string>() };
    this.import = { delta, left: [...all.values()], all, changes: new Map(), ...sets };
  }

  /** The next page of a full import. */
  page(size: number): Thing[] {
    const page = this.import?.left.splice(0, size) ?? [];
    for (const { id } of page) this.#brought(id);
    return page;
  }

  change(id: string, thing: Thing | undefined): void {
    if (this.import?.touched.has(id) !== false) return;
    this.import.changes.set(id, thing);
    if (thing !== undefined || this.visible.has(id)) this.#brought(id);
  }

  finish(): void {
    const open = this.import;
    if (open === undefined) return;
    this.import = undefined;
    for (const id of open.following) this.unconfirmed.delete(id);
    if (open.delta) {
      for (const [id, thing] of open.changes) {
        if (open.touched.has(id)) continue;
        if (thing === undefined) this.visible.delete(id);
        else this.visible.set(id, thing);
        this.unconfirmed.delete(id);
      }
      return;
    }
    for (const id of new Set([...this.visible.keys(), ...open.all.keys()])) {
      if (open.touched.has(id)) continue;
      const read = open.all.get(id);
      const export_ = this.unconfirmed.get(id);
      if (read !== undefined) {
        this.visible.set(id, read);
        this.unconfirmed.delete(id);
      } else if (export_?.added === true && !export_.missed) this.unconfirmed.set(id, { added: true, missed: true });
      else {
        this.visible.delete(id);
        this.unconfirmed.delete(id);
      }
    }
  }

  abandon(): void {
    this.import = undefined;
  }

  #brought(id: string): void {
    if (this.import?.touched.has(id) === false) this.import.brought.add(id);
  }
}
