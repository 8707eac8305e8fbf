import { elementMatches } from '../filter/matches.ts';
import type { Predicate } from '../filter/predicate.ts';
import { isReference } from '../resource/coerce.ts';
import { distinctElements, elementIdentity, isPrimary, onePrimary, withPrimary } from '../resource/elements.ts';
import type { AttributePath } from '../schema/attribute-path.ts';
import { isObject, type ScimObject, type ScimValue, sameValue } from '../value.ts';
import type { WorkBudget } from './work-budget.ts';

/**
 * The elements of one multi-valued attribute while a PATCH works on them. Elements are found by identity, so that adding and
 * removing references costs by the number of operations, not by the size of the group.
 */
export class ElementList {
  readonly #path: AttributePath;
  readonly #original: readonly ScimValue[];
  readonly #budget: WorkBudget;
  /** A removed element leaves undefined behind, so that positions stay. */
  #elements: (ScimValue | undefined)[];
  readonly #positions = new Map<string, number>();

  constructor(path: AttributePath, original: readonly ScimValue[], budget: WorkBudget) {
    this.#path = path;
    this.#original = original;
    this.#budget = budget;
    this.#elements = [...original];
    original.forEach((element, position) => {
      this.#positions.set(this.#identity(element), position);
    });
  }

  /** Appends an element, or completes the one that is the same (dialect sheet 2.3: add without duplicates). */
  add(element: ScimValue): void {
    const position = this.#positions.get(this.#identity(element));
    const present = position === undefined ? undefined : this.#elements[position];
    if (position === undefined || present === undefined) {
      this.#elements.push(element);
      this.#positions.set(this.#identity(element), this.#elements.length - 1);
      this.#settlePrimary(element, this.#elements.length - 1);
    } else if (isObject(present) && isObject(element) && !isReference(this.#path.leaf)) {
      this.update(position, { ...present, ...element });
    }
  }

  replaceAll(elements: readonly ScimValue[]): void {
    this.#positions.clear();
    this.#elements = [...onePrimary(distinctElements(elements, this.#path.leaf))];
    this.#elements.forEach((element, position) => {
      if (element !== undefined) this.#positions.set(this.#identity(element), position);
    });
  }

  /** Puts an element in the place of another. One that becomes the same as a third completes that one: no element stands twice. */
  update(position: number, element: ScimValue): void {
    this.remove(position);
    const identity = this.#identity(element);
    const twin = this.#positions.get(identity);
    const present = twin === undefined ? undefined : this.#elements[twin];
    if (twin !== undefined && isObject(present) && isObject(element)) {
      this.update(twin, { ...present, ...element });
      return;
    }
    this.#elements[position] = element;
    this.#positions.set(identity, position);
    this.#settlePrimary(element, position);
  }

  remove(position: number): void {
    const element = this.#elements[position];
    if (element === undefined) return;
    const identity = this.#identity(element);
    if (this.#positions.get(identity) === position) this.#positions.delete(identity);
    this.#elements[position] = undefined;
  }

  get(position: number): ScimValue | undefined {
    return this.#elements[position];
  }

  /** Positions of the elements that satisfy the predicate; by index for `value eq` on references. */
  where(predicate: Predicate): readonly number[] {
    const values = isReference(this.#path.leaf) ? referencedValues(predicate) : undefined;
    if (values !== undefined) return values.flatMap((value) => this.#positions.get(this.#identity({ value })) ?? []);
    const { length: depth } = this.#path.steps;
    return this.#positionsWhere((element) => elementMatches(predicate, element, depth));
  }

  /** Positions of the elements that a remove with a value means: those with the same members as the value has. */
  like(value: ScimValue): readonly number[] {
    const exact = this.#positions.get(this.#identity(value));
    if (!isObject(value) || isReference(this.#path.leaf)) return exact === undefined ? [] : [exact];
    const subs = this.#path.leaf.subAttributes.filter((sub) => Object.hasOwn(value, sub.name));
    const part = { ...this.#path.leaf, subAttributes: subs };
    const wanted = wholeIdentity(value, part);
    return this.#positionsWhere((element) => isObject(element) && wholeIdentity(element, part) === wanted);
  }

  all(): readonly number[] {
    return this.#positionsWhere(() => true);
  }

  elements(): readonly ScimValue[] {
    return this.#elements.filter((element) => element !== undefined);
  }

  /** What is different from the beginning. The order of elements carries no meaning (RFC 7643 2.4), so it makes no difference. */
  difference(): { readonly removed: readonly ScimValue[]; readonly added: readonly ScimValue[] } {
    const now = this.elements();
    const kept = new Set(now);
    const before = new Set(this.#original);
    const gone = new Map<string, ScimValue>();
    for (const element of this.#original) if (!kept.has(element)) gone.set(this.#identity(element), element);
    const added = now.filter((element) => {
      if (before.has(element)) return false;
      const identity = this.#identity(element);
      if (!sameValue(gone.get(identity), element)) return true;
      gone.delete(identity);
      return false;
    });
    return { removed: [...gone.values()], added };
  }

  #positionsWhere(test: (element: ScimValue) => boolean): readonly number[] {
    this.#budget.spend(this.#elements.length);
    return this.#elements.flatMap((element, position) => (element !== undefined && test(element) ? [position] : []));
  }

  /** Setting one element as primary resets the others (RFC 7644 3.5.2). */
  #settlePrimary(element: ScimValue, position: number): void {
    if (!isPrimary(element)) return;
    for (const other of this.#positionsWhere(isPrimary)) {
      const present = this.#elements[other];
      if (other !== position && isObject(present)) this.#elements[other] = withPrimary(present, false);
    }
  }

  #identity(element: ScimValue): string {
    return elementIdentity(element, this.#path.leaf);
  }
}

/** The ids of `value eq "a"` or `value eq "a" or value eq "b"`; undefined for any other predicate. */
export function referencedValues(predicate: Predicate): readonly string[] | undefined {
  if (predicate.kind === 'or') {
    const each = predicate.operands.map(referencedValues);
    return each.every((values) => values !== undefined) ? [...new Set(each.flat())] : undefined;
  }
  if (predicate.kind !== 'compare' || predicate.operator !== 'eq' || predicate.path.leaf.name !== 'value')
    return undefined;
  const { operand } = predicate;
  return operand.type === 'string' && !operand.folded ? [operand.key] : undefined;
}

/** Identity by all members that the definition lists. */
function wholeIdentity(element: ScimObject, definition: AttributePath['leaf']): string {
  return definition.subAttributes.map((sub) => elementIdentity(element[sub.name] ?? null, sub)).join('\u0000');
}
