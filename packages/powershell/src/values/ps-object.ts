import { netTypes } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
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

/** `[pscustomobject]`: nothing but extended members. */
export class PSCustomObject extends Instance {
  readonly members: ExtendedMembers = new Map();
  /** `TypeNames` before the CLR's, `undefined` while nobody changed them. */
  typeNames: string[] | undefined;
  get type(): NetType {
    return netTypes.psCustomObject;
  }
}

/**
 * A `PSObject` around a value that cannot carry members itself: bare values (text, numbers, booleans) to which
 * `Add-Member -PassThru` or `[psobject]` gave identity. Operators, conversions and `-is` see `base`. Other objects carry
 * their extended members in a table by identity (`types/extended-members.ts`) and are never wrapped.
 */
export class PSObject extends Instance {
  readonly base: Value;
  readonly members: ExtendedMembers = new Map();
  typeNames: string[] | undefined;
  /** A number as an argument of a command was written (`0x1F`, `2.50`): `[string]`, `-f` and `-join` give it back. */
  readonly written: string | undefined;
  constructor(base: Value, written?: string) {
    super();
    this.base = base;
    this.written = written;
  }
  get type(): NetType {
    return netTypes.psObject;
  }
}
