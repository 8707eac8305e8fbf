import type { AttributeValue } from '@joinery/connector';
import type { ObjectState } from './hosted-object.ts';
import type { ObjectShape } from './shape.ts';

/** What an attribute holds: one value stands alone, several are a list; undefined is none. */
export type Held = AttributeValue | readonly AttributeValue[] | undefined;

/** The values of one object by the places of the attributes in its type: no names are looked up and nothing is wrapped. */
export type ObjectValues = readonly Held[];

/** The first of the values that an attribute holds. */
export function firstOf(held: Held): AttributeValue | undefined {
  return isHeldList(held) ? held[0] : held;
}

export function isHeldList(held: Held): held is readonly AttributeValue[] {
  return Array.isArray(held);
}

/** The values of an object that is known by names. */
export function valuesOf({ attributes }: Pick<ObjectShape, 'attributes'>, state: ObjectState): ObjectValues {
  return attributes.map(({ name }) => {
    const values = state.get(name);
    return values !== undefined && values.length < 2 ? values[0] : values;
  });
}
