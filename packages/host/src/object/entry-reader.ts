import { type AttributeValue, type CSEntryChange, coerceValue, type SchemaAttribute } from '@joinery/connector';
import { type Held, isHeldList, type ObjectValues } from './object-values.ts';
import { isStorable } from './printed-values.ts';
import type { ObjectShape } from './shape.ts';

interface Slot {
  readonly attribute: SchemaAttribute;
  /** The place of its values. */
  readonly at: number;
  /** How many of its values are printed: those that are not have to be looked at here. */
  readonly printed: 'all' | 'first' | 'none';
  /** The entry that named it last. */
  seenIn: number;
}

/**
 * Reads whole objects of one type out of entries as nearly all connectors hand them over: names as the schema spells them, each
 * once, only values that are there. It refuses everything else; `validateEntry` knows what is meant by it, or what is wrong.
 */
export class EntryReader {
  readonly #slots = new Map<string, Slot>();
  readonly #anchors: readonly Slot[];
  readonly #places: number;
  #entry = 0;

  constructor({ schemaType, attributes }: Pick<ObjectShape, 'schemaType' | 'attributes'>) {
    this.#places = attributes.length;
    for (const attribute of schemaType.attributes) {
      const at = attributes.findIndex(({ name }) => name === attribute.name);
      const printed = attributes[at]?.writeOnly === true ? 'none' : attributes[at]?.list === true ? 'all' : 'first';
      this.#slots.set(attribute.name, { attribute, at, printed, seenIn: 0 });
    }
    this.#anchors = [...this.#slots.values()].filter(({ attribute }) => attribute.isAnchor);
  }

  /** The values of a whole object that has its anchor; undefined where the entry has to be looked at more closely. */
  read({ objectModificationType, anchorAttributes, attributeChanges }: CSEntryChange): ObjectValues | undefined {
    if (objectModificationType !== 'Add' && objectModificationType !== 'Replace') return undefined;
    this.#entry += 1;
    const values = new Array<Held>(this.#places).fill(undefined);
    for (const { name, value } of anchorAttributes) {
      const slot = this.#slots.get(name);
      if (slot?.attribute.isAnchor !== true || values[slot.at] !== undefined) return undefined;
      const fitting = typed(slot.attribute, value);
      if (fitting === undefined || isBlank(fitting)) return undefined;
      values[slot.at] = fitting;
    }
    for (const { name, modificationType, valueChanges } of attributeChanges) {
      const slot = this.#slots.get(name);
      if (slot === undefined || slot.seenIn === this.#entry) return undefined;
      slot.seenIn = this.#entry;
      if (modificationType !== 'Add' && modificationType !== 'Replace') return undefined;
      // The anchor that stands in its own place is the one that counts.
      if (slot.attribute.isAnchor && values[slot.at] !== undefined) continue;
      const [first] = valueChanges;
      if (first === undefined) continue;
      if (valueChanges.length > 1) {
        const list = listOf(slot, valueChanges);
        if (list === undefined) return undefined;
        values[slot.at] = list;
        continue;
      }
      const fitting = first.modificationType === 'Add' ? typed(slot.attribute, first.value) : undefined;
      if (fitting === undefined || (slot.printed === 'none' && !isFit(fitting))) return undefined;
      if (fitting !== '') values[slot.at] = fitting;
    }
    for (const { at } of this.#anchors) {
      const anchor = values[at];
      if (anchor === undefined || isHeldList(anchor) || isBlank(anchor)) return undefined;
    }
    return values;
  }
}

/** A few values are compared each with each; of many, or where two are the same, the whole rule has to be applied. */
const FEW = 16;

function listOf(
  { attribute, printed }: Slot,
  valueChanges: CSEntryChange['attributeChanges'][number]['valueChanges'],
): readonly AttributeValue[] | undefined {
  if (!attribute.isMultiValued) return undefined;
  const list: AttributeValue[] = [];
  for (const { value, modificationType } of valueChanges) {
    const fitting = modificationType === 'Add' ? typed(attribute, value) : undefined;
    // A text that is no value and two pieces of bytes that may be one are for the rule as well.
    if (fitting === undefined || fitting === '' || typeof fitting === 'object') return undefined;
    if (printed !== 'all' && !isFit(fitting)) return undefined;
    list.push(fitting);
  }
  return areDistinct(list) ? list : undefined;
}

function areDistinct(list: readonly AttributeValue[]): boolean {
  if (list.length > FEW) return new Set(list).size === list.length;
  for (let at = 1; at < list.length; at++) if (list.indexOf(list[at] ?? '') !== at) return false;
  return true;
}

function isFit(value: AttributeValue): boolean {
  return typeof value !== 'string' || isStorable(value);
}

/** The value in the type of its attribute. Whether a text is one that can be stored is seen when it is printed. */
function typed(attribute: SchemaAttribute, value: AttributeValue): AttributeValue | undefined {
  const { type } = attribute;
  if (typeof value === 'string' && (type === 'String' || type === 'Reference')) return value;
  if (typeof value === 'boolean' && type === 'Boolean') return value;
  if (value instanceof Uint8Array && type === 'Binary') return value;
  if (typeof value === 'bigint' && type === 'Integer' && BigInt.asIntN(64, value) === value) return value;
  const coerced = coerceValue(attribute, value);
  return coerced.ok ? coerced.value : undefined;
}

function isBlank(value: AttributeValue): boolean {
  return value === '' || (value instanceof Uint8Array && value.length === 0);
}
