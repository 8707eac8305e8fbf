import { netTypes } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import type { ColumnLayout } from './column-layout.ts';
import { Instance } from './instance.ts';
import type { ScriptBlock } from './script-block.ts';
import type { Value } from './value.ts';

/** A member that script code put on an object, beside those of its .NET type. */
export type ExtendedMember =
  | { readonly kind: 'note'; readonly name: string; value: Value }
  | {
      readonly kind: 'alias';
      readonly name: string;
      readonly target: string;
      readonly conversion?: NetType | undefined;
    }
  | {
      readonly kind: 'scriptProperty';
      readonly name: string;
      readonly get: ScriptBlock | undefined;
      readonly set: ScriptBlock | undefined;
    }
  | { readonly kind: 'scriptMethod'; readonly name: string; readonly block: ScriptBlock }
  | { readonly kind: 'propertySet'; readonly name: string; readonly properties: readonly string[] }
  | { readonly kind: 'memberSet'; readonly name: string; readonly members: readonly ExtendedMember[] }
  | { readonly kind: 'codeMethod'; readonly name: string };

/**
 * Extended members in order, by folded name. A `Map`, never a plain object: member names come from scripts and files, and
 * `constructor` or `__proto__` are names like any other.
 */
export type ExtendedMembers = Map<string, ExtendedMember>;

const noFields: Value[] = [];

/**
 * `[pscustomobject]`: nothing but extended members. Objects that are alike share a layout and hold their values in its order,
 * or as text that is split when the first of them is asked for; one that gets members of its own leaves the layout.
 */
export class PSCustomObject extends Instance {
  /** `TypeNames` before the CLR's, `undefined` while nobody changed them. */
  typeNames: string[] | undefined;
  #members: ExtendedMembers | undefined;
  #layout: ColumnLayout | undefined;
  #fields: Value[] | string;

  /** @param fields in the order of the layout, taken and not copied; or a text that the layout splits */
  constructor(layout?: ColumnLayout, fields: Value[] | string = noFields) {
    super();
    this.typeNames = undefined;
    this.#members = undefined;
    this.#layout = layout;
    this.#fields = fields;
  }

  get type(): NetType {
    return netTypes.psCustomObject;
  }

  /** The layout while the object is of one: its properties are then those of the layout, all of them notes. */
  get layout(): ColumnLayout | undefined {
    return this.#layout;
  }

  /** All members, to be read and changed. Takes the object out of its layout: `note` and `layout` do without. */
  get members(): ExtendedMembers {
    this.#members ??= this.#unfold();
    return this.#members;
  }

  /** The values in the order of the layout. */
  get fields(): readonly Value[] {
    return this.#split();
  }

  /** The value of a note property; `undefined` where there is none of that name. */
  note(name: string): Value {
    if (this.#layout !== undefined) {
      const index = this.#layout.indexOf(name);
      return index < 0 ? undefined : this.#split()[index];
    }
    const member = this.#members?.get(name.toLowerCase());
    return member?.kind === 'note' ? member.value : undefined;
  }

  /** A member of any kind. */
  member(folded: string): ExtendedMember | undefined {
    if (this.#layout !== undefined && this.#layout.indexOf(folded) < 0) return undefined;
    return this.members.get(folded);
  }

  /** Sets a note property that is there; answers whether one was. */
  setNote(name: string, value: Value): boolean {
    if (this.#layout !== undefined) {
      const index = this.#layout.indexOf(name);
      if (index >= 0) this.#split()[index] = value;
      return index >= 0;
    }
    const member = this.#members?.get(name.toLowerCase());
    if (member?.kind !== 'note') return false;
    member.value = value;
    return true;
  }

  #split(): Value[] {
    if (typeof this.#fields === 'string') this.#fields = this.#layout?.split?.(this.#fields) ?? noFields;
    return this.#fields;
  }

  #unfold(): ExtendedMembers {
    const members: ExtendedMembers = new Map();
    if (this.#layout === undefined) return members;
    const fields = this.#split();
    for (const [index, name] of this.#layout.names.entries()) {
      members.set(name.toLowerCase(), { kind: 'note', name, value: fields[index] ?? null });
    }
    this.#layout = undefined;
    this.#fields = noFields;
    return members;
  }
}

/** Members that are made when one of them is asked for. */
export interface MembersToCome {
  /** Folded. */
  readonly names: ReadonlySet<string>;
  make(): ExtendedMembers;
}

/**
 * A `PSObject` around a value that cannot carry members itself: bare values (text, numbers, booleans) to which
 * `Add-Member -PassThru` or `[psobject]` gave identity. Operators, conversions and `-is` see `base`. Other objects carry
 * their extended members in a table by identity (`types/extended-members.ts`) and are never wrapped.
 */
export class PSObject extends Instance {
  readonly base: Value;
  typeNames: string[] | undefined;
  /** A number as an argument of a command was written (`0x1F`, `2.50`): `[string]`, `-f` and `-join` give it back. */
  readonly written: string | undefined;
  #members: ExtendedMembers | MembersToCome | undefined;

  /** @param members what it has from the start */
  constructor(base: Value, written?: string, members?: MembersToCome) {
    super();
    this.base = base;
    this.typeNames = undefined;
    this.written = written;
    this.#members = members;
  }

  get type(): NetType {
    return netTypes.psObject;
  }

  get members(): ExtendedMembers {
    let members = this.#members;
    if (!(members instanceof Map)) {
      members = members?.make() ?? new Map();
      this.#members = members;
    }
    return members;
  }

  /** A member of any kind; none are made to find that there is none of the name. */
  member(folded: string): ExtendedMember | undefined {
    const members = this.#members;
    if (members === undefined || (!(members instanceof Map) && !members.names.has(folded))) return undefined;
    return this.members.get(folded);
  }
}
