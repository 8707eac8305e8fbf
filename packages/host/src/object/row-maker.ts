import { type AttributeValue, formatValue, sameValue } from '@joinery/connector';
import type { IndexedAttribute } from '../space/indexed-attribute.ts';
import type { IndexEntry, IndexKeys, SpaceRow } from '../space/row.ts';
import { nameKeyOf } from './dn-form.ts';
import { keysOfHeld } from './index-keys.ts';
import { type IndexPlan, type KeySource, keySourceOf, type NumberedIndex } from './key-sources.ts';
import { firstOf, isHeldList, type ObjectValues } from './object-values.ts';
import { isStorable, printHeld, printText } from './printed-values.ts';
import { configuredValue, type ObjectShape } from './shape.ts';
import { DN_ATTRIBUTE, DN_QUERY_ATTRIBUTE } from './virtual-attributes.ts';

/** An attribute whose values stand in the row, with what is printed before them. */
interface Printed {
  readonly at: number;
  readonly list: boolean;
  readonly member: string;
}

/**
 * Makes the rows of one type: what is stored and answered, printed in one go. Passwords and write-only values are in none;
 * references are for the space to resolve.
 */
export class RowMaker {
  readonly #shape: ObjectShape;
  readonly #disabled: { readonly at: number; readonly by: AttributeValue } | undefined;
  readonly #core: readonly Printed[];
  readonly #block: readonly Printed[];
  readonly #hidden: readonly Printed[];
  readonly #references: readonly { readonly at: number; readonly name: string }[];
  /** The place of the only anchor. */
  readonly #anchor: number | undefined;
  readonly #head: string;
  readonly #blockHead: string;
  readonly #dnMembers: readonly string[];

  constructor(shape: ObjectShape) {
    this.#shape = shape;
    this.#disabled = disabledBy(shape);
    const places = shape.attributes.map((attribute, at) => ({ ...attribute, at })).filter((each) => !each.writeOnly);
    const printed = places.filter(({ hidden, refersTo }) => hidden || refersTo === undefined);
    const isCore = ({ hidden, steps }: (typeof places)[number]): boolean => !hidden && steps.length === 1;
    this.#core = printed.filter(isCore).map((each) => ({ ...each, member: memberOf(each.steps[0] ?? '') }));
    this.#block = printed
      .filter((each) => !each.hidden && !isCore(each))
      .map((each) => ({ ...each, member: memberOf(each.name) }));
    this.#hidden = printed.filter(({ hidden }) => hidden).map((each) => ({ ...each, member: memberOf(each.name) }));
    this.#references = places.filter(({ hidden, refersTo }) => !hidden && refersTo !== undefined);
    const [anchor, second] = shape.file.anchor;
    this.#anchor = second === undefined ? placeOf(shape, anchor) : undefined;
    this.#head = `{"schemas":${JSON.stringify([shape.resourceType.core.urn, shape.urn])},"id":`;
    this.#blockHead = `,${memberOf(shape.urn)}{`;
    const dnNames = [shape.dnSelected ? DN_ATTRIBUTE : [], shape.dnQuerySelected ? DN_QUERY_ATTRIBUTE : []].flat();
    this.#dnMembers = dnNames.map(memberOf);
  }

  /**
   * @param plan the indexes whose entries are to be told
   * @returns undefined where a text cannot be stored
   */
  row(id: string, values: ObjectValues, dn: string | undefined, plan?: IndexPlan): SpaceRow | undefined {
    const core = membersOf(this.#core, values);
    const block = this.#withDn(membersOf(this.#block, values), dn);
    const hidden = membersOf(this.#hidden, values);
    const references = this.#referencesOf(values);
    if (core === undefined || block === undefined || hidden === undefined || references === undefined) return undefined;
    const active = this.#activeOf(values);
    const activeMember = active === undefined ? '' : `,"active":${active}`;
    return {
      id,
      type: this.#shape.resourceType.name,
      body: `${this.#head}${printText(id)}${activeMember}${core === '' ? '' : `,${core}`}${this.#blockHead}${block}}}`,
      hidden: hidden === '' ? null : `{${hidden}}`,
      dn: dn ?? null,
      referenceKey: this.#referenceKey(values, dn),
      references,
      ...(plan === undefined ? {} : { keys: this.#keys(plan, values, dn) }),
    };
  }

  /** The distinct keys that a row has in an index of what is no reference. */
  keysIn(index: IndexedAttribute, values: ObjectValues, dn: string | undefined): readonly string[] {
    const source = keySourceOf(this.#shape, index);
    return source === undefined ? [] : this.#keysAt(source, index.caseExact, values, dn);
  }

  /** @param told the indexes whose entries the rows are to tell, with their numbers */
  plan(told: readonly NumberedIndex[], indexes: ReadonlySet<number>): IndexPlan {
    const sources = told.flatMap(({ number, caseExact, steps }) => {
      const source = keySourceOf(this.#shape, { steps });
      return source === undefined ? [] : [{ number, caseExact, source }];
    });
    return { indexes, sources };
  }

  #keys({ indexes, sources }: IndexPlan, values: ObjectValues, dn: string | undefined): IndexKeys {
    const entries: IndexEntry[] = [];
    for (const { number, caseExact, source } of sources) {
      for (const key of this.#keysAt(source, caseExact, values, dn)) entries.push([number, key]);
    }
    return { indexes, entries };
  }

  #keysAt(source: KeySource, caseExact: boolean, values: ObjectValues, dn: string | undefined): readonly string[] {
    switch (source.kind) {
      case 'attribute':
        return keysOfHeld(values[source.at], source.list, caseExact);
      case 'dn':
        return keysOfHeld(dn, false, caseExact);
      case 'active':
        return keysOfHeld(this.#activeOf(values), false, caseExact);
      case 'reference':
        return [];
    }
  }

  #withDn(block: string | undefined, dn: string | undefined): string | undefined {
    if (block === undefined || dn === undefined) return block;
    const text = printText(dn);
    if (text === undefined) return undefined;
    let members = block;
    for (const member of this.#dnMembers) members += members === '' ? member + text : `,${member}${text}`;
    return members;
  }

  /** What the object refers to, in the target's words. */
  #referencesOf(values: ObjectValues): SpaceRow['references'] | undefined {
    let references: SpaceRow['references'] = null;
    for (const { at, name } of this.#references) {
      const held = values[at];
      if (held === undefined) continue;
      const words = isHeldList(held) ? held.map(formatValue) : [formatValue(held)];
      if (!words.every(isStorable)) return undefined;
      references = { ...(references ?? {}), [name]: words };
    }
    return references;
  }

  /** What others refer to the object by: its DN as names are compared, or the text of its only anchor. */
  #referenceKey(values: ObjectValues, dn: string | undefined): string | null {
    const { dnStyle } = this.#shape;
    if (dnStyle !== 'None') return dn === undefined ? null : nameKeyOf(dnStyle, dn);
    const anchor = this.#anchor === undefined ? undefined : firstOf(values[this.#anchor]);
    return anchor === undefined ? null : formatValue(anchor);
  }

  /** Core `active` is what the target says where the configuration tells how it says it; otherwise the host does not know it. */
  #activeOf(values: ObjectValues): boolean | undefined {
    if (this.#disabled === undefined) return undefined;
    const held = values[this.#disabled.at];
    return held === undefined || isHeldList(held) || !sameValue(held, this.#disabled.by);
  }
}

/** The members of some attributes in an object, without its braces; undefined where a text cannot be stored. */
function membersOf(attributes: readonly Printed[], values: ObjectValues): string | undefined {
  let members = '';
  for (const { at, list, member } of attributes) {
    const held = values[at];
    if (held === undefined) continue;
    const text = printHeld(held, list);
    if (text === undefined) return undefined;
    members += members === '' ? member + text : `,${member}${text}`;
  }
  return members;
}

function memberOf(name: string): string {
  return `${JSON.stringify(name)}:`;
}

function placeOf({ attributes }: ObjectShape, name: string | undefined): number {
  return attributes.findIndex((each) => each.name === name);
}

/** The value by which the target says that an object is disabled. */
function disabledBy(shape: ObjectShape): { readonly at: number; readonly by: AttributeValue } | undefined {
  const { disableFlow, statusAttribute } = shape.file.deprovisioning;
  if (shape.file.resource !== 'User') return undefined;
  if (disableFlow.kind === 'SetAttributeValue') {
    const by = configuredValue(shape, disableFlow.attribute, disableFlow.value);
    return { at: placeOf(shape, disableFlow.attribute), by };
  }
  return statusAttribute === undefined ? undefined : { at: placeOf(shape, statusAttribute), by: false };
}
