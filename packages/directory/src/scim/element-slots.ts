import { isList, isObject, member, type ScimDraft, type ScimObject, type ScimValue } from '@joinery/scim';

/**
 * Where elements of a multi-valued SCIM attribute and properties of a Graph user are the same thing (dialect sheet 9). Entra takes one
 * element a type for granted (sheet 2.4): the first element of a type stands for single properties, the values of all of them for a
 * collection. An element without a type counts as `work`.
 */
export interface ElementSlot {
  readonly attribute: string;
  readonly type: string;
  /** Properties by sub-attribute. */
  readonly members: Readonly<Record<string, string>>;
  /** The property is a collection with the value of every element of the type. */
  readonly every: boolean;
  /** An element made for the property is the primary one where no other is. */
  readonly primary: boolean;
}

const single = { every: false, primary: false } as const;
const all = { every: true, primary: false } as const;

export const userSlots: readonly ElementSlot[] = [
  { ...single, attribute: 'emails', type: 'work', members: { value: 'mail' }, primary: true },
  { ...all, attribute: 'emails', type: 'other', members: { value: 'otherMails' } },
  { ...all, attribute: 'phoneNumbers', type: 'work', members: { value: 'businessPhones' } },
  { ...single, attribute: 'phoneNumbers', type: 'mobile', members: { value: 'mobilePhone' } },
  { ...single, attribute: 'phoneNumbers', type: 'fax', members: { value: 'faxNumber' } },
  {
    ...single,
    attribute: 'addresses',
    type: 'work',
    members: {
      streetAddress: 'streetAddress',
      locality: 'city',
      region: 'state',
      postalCode: 'postalCode',
      country: 'country',
    },
  },
  // Entra's default mapping carries the office this way (sheet 2.4).
  { ...single, attribute: 'addresses', type: 'other', members: { formatted: 'officeLocation' } },
];

/** A property's value in a slot: a text, the texts of a collection, or nothing. */
export type SlotValue = string | readonly string[] | undefined;

/** The properties that a list of elements stands for, each of the slot's, undefined where it has no value. */
export function readSlot(list: readonly ScimValue[], slot: ElementSlot): ReadonlyMap<string, SlotValue> {
  const elements = list.filter(isObject).filter((element) => isOfType(element, slot));
  const [first = {}] = elements;
  return new Map(
    Object.entries(slot.members).map(([sub, property]): [string, SlotValue] => {
      if (!slot.every) return [property, textOf(first, sub)];
      const values = elements.flatMap((element) => textOf(element, sub) ?? []);
      return [property, values.length === 0 ? undefined : values];
    }),
  );
}

/**
 * The list so changed that {@link readSlot} gives the wanted values; the very same list where it gives them already. What the elements
 * hold beside the slot's members stays. A single property that is cleared is cleared in every element of its type.
 */
export function writeSlot(
  list: readonly ScimValue[],
  slot: ElementSlot,
  wanted: ReadonlyMap<string, SlotValue>,
): readonly ScimValue[] {
  const present = readSlot(list, slot);
  const properties = Object.values(slot.members);
  if (properties.every((property) => sameTexts(present.get(property), wanted.get(property)))) return list;
  return slot.every ? writeEvery(list, slot, wanted) : writeFirst(list, slot, wanted);
}

function writeFirst(
  list: readonly ScimValue[],
  slot: ElementSlot,
  wanted: ReadonlyMap<string, SlotValue>,
): readonly ScimValue[] {
  const members = Object.entries(slot.members).map(([sub, property]) => ({ sub, value: wanted.get(property) }));
  const set = members.filter(({ value }) => value !== undefined);
  let first = true;
  const changed = list.flatMap((element): readonly ScimValue[] => {
    if (!isObject(element) || !isOfType(element, slot)) return [element];
    const draft: ScimDraft = { ...element };
    for (const { sub, value } of members) if (value === undefined) delete draft[sub];
    if (first) for (const { sub, value } of set) draft[sub] = value ?? null;
    first = false;
    return saysNothing(draft) ? [] : [draft];
  });
  if (set.length === 0 || !first) return changed;
  const fresh: ScimDraft = {};
  for (const { sub, value } of set) fresh[sub] = value ?? null;
  return [...changed, made(fresh, slot, changed)];
}

function writeEvery(
  list: readonly ScimValue[],
  slot: ElementSlot,
  wanted: ReadonlyMap<string, SlotValue>,
): readonly ScimValue[] {
  const [sub = 'value', property = ''] = Object.entries(slot.members)[0] ?? [];
  const values = wanted.get(property) ?? [];
  const isIn = (element: ScimValue): element is ScimObject =>
    isObject(element) && isOfType(element, slot) && textOf(element, sub) !== undefined;
  const pool = list.filter(isIn);
  const elements = (typeof values === 'string' ? [values] : values).map((value) => {
    const at = pool.findIndex((element) => textOf(element, sub) === value);
    const [known] = at < 0 ? [] : pool.splice(at, 1);
    return known ?? made({ [sub]: value }, slot, list);
  });
  const place = list.findIndex(isIn);
  const others = list.filter((element) => !isIn(element));
  const before = place < 0 ? others.length : list.slice(0, place).length;
  return [...others.slice(0, before), ...elements, ...others.slice(before)];
}

function made(members: ScimObject, slot: ElementSlot, list: readonly ScimValue[]): ScimObject {
  const first = slot.primary && !list.some((element) => isObject(element) && element.primary === true);
  return { ...members, type: slot.type, ...(first ? { primary: true } : {}) };
}

/** Only what tells elements apart is left (dialect sheet 2.3, removing a sub-attribute by filter). */
function saysNothing(element: ScimObject): boolean {
  return Object.keys(element).every((name) => name === 'type' || name === 'primary');
}

function isOfType(element: ScimObject, slot: ElementSlot): boolean {
  return (textOf(element, 'type') ?? 'work').toLowerCase() === slot.type;
}

function textOf(element: ScimObject, sub: string): string | undefined {
  const value = member(element, sub);
  return typeof value === 'string' ? value : undefined;
}

function sameTexts(a: SlotValue, b: SlotValue): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b;
  return a.length === b.length && a.every((text, index) => text === b[index]);
}

/** The elements of an attribute of a resource. */
export function elementsOf(resource: ScimObject, attribute: string): readonly ScimValue[] {
  const value = member(resource, attribute);
  return isList(value) ? value : [];
}
