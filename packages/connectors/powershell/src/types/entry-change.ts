import {
  as,
  type CallContext,
  type Guid,
  Instance,
  type NetType,
  netFailure,
  type Value,
} from '@joinery/powershell/registration';
import { numberOf, objectModificationTypes } from '../enums.ts';
import { anchorName } from './anchor-attribute.ts';
import { attributeChange, changedName } from './attribute-change.ts';
import { dnAttributeName } from './attribute-factories.ts';
import { acceptChange } from './modification-rules.ts';
import { EcmaCollection } from './named-collection.ts';
import { ecmaType } from './namespace.ts';
import { splitDn } from './split-dn.ts';

const anchorsType = ecmaType('DetachedObjectModel.AnchorAttributeKeyedCollectionDetached');
const changesType = ecmaType('DetachedObjectModel.AttributeChangeKeyedCollectionDetached');
const ownType = ecmaType('DetachedObjectModel.CSEntryChangeDetached');

/** `CSEntryChange`, in the only form there is: the detached one. */
export class EntryChange extends Instance {
  readonly identifier: Guid;
  modification = numberOf(objectModificationTypes, 'Unconfigured');
  objectType: string | null = null;
  dn: string | null = null;
  errorCode = 0;
  errorName: string | null = null;
  errorDetail: string | null = null;
  readonly attributeChanges: AttributeChanges;
  readonly anchors: EcmaCollection;
  /** Whether a script made it: only then its RDN can be set. */
  readonly isOwn: boolean;
  #rdn: string | null = null;

  constructor(identifier: Guid, isOwn: boolean) {
    super();
    this.identifier = identifier;
    this.isOwn = isOwn;
    this.attributeChanges = new AttributeChanges(this);
    this.anchors = new EcmaCollection(anchorsType, anchorName);
  }

  get type(): NetType {
    return ownType;
  }

  /** What was set, else the first component of the DN. */
  get rdn(): string | null {
    return this.#rdn ?? (this.dn === null ? null : (splitDn(this.dn)[0] ?? null));
  }

  /**
   * The original has no setter, though two published modules use one; on what a script made it does no harm.
   * Throws `NetFailure` (InvalidOperationException) for an entry of the host.
   */
  set rdn(rdn: string | null) {
    if (!this.isOwn) throw netFailure('System.InvalidOperationException', 'The RDN of this entry cannot be set.');
    this.#rdn = rdn;
  }

  /** The names of the attributes that change. */
  get changedNames(): string[] {
    return this.attributeChanges.items.map((item) => attributeChange(item).name);
  }
}

export const entryChange = (value: Value): EntryChange => as(value, EntryChange);

/** The changes of an entry: each is held against the entry's modification as it comes in. */
class AttributeChanges extends EcmaCollection {
  readonly #entry: EntryChange;

  constructor(entry: EntryChange) {
    super(changesType, changedName);
    this.#entry = entry;
  }

  override insertItem(index: number, item: Value, context: CallContext): void {
    const accepted = this.#accept(item);
    super.insertItem(index, item, context);
    this.#become(item, accepted);
  }

  override setItem(index: number, item: Value, context: CallContext): void {
    const accepted = this.#accept(item);
    super.setItem(index, item, context);
    this.#become(item, accepted);
  }

  #accept(item: Value): ReturnType<typeof acceptChange> | undefined {
    if (item === null || item === undefined) return undefined;
    const { modification } = attributeChange(item);
    return acceptChange(this.#entry.modification, modification);
  }

  /** A new DN stays what it is. */
  #become(item: Value, accepted: ReturnType<typeof acceptChange> | undefined): void {
    if (accepted === undefined) return;
    this.#entry.modification = accepted.object;
    const change = attributeChange(item);
    if (change.name.toUpperCase() !== dnAttributeName) change.modification = accepted.attribute;
  }
}
