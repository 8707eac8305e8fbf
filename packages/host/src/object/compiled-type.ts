import { EntryReader } from './entry-reader.ts';
import { identityMaker } from './identity.ts';
import { type IndexPlan, tellableIndexes } from './key-sources.ts';
import { RowMaker } from './row-maker.ts';
import type { ObjectShape, Shape } from './shape.ts';

/** What is worked out once for all objects of a type. */
export interface CompiledType {
  readonly reader: EntryReader;
  readonly rows: RowMaker;
  /** The places of the anchors, in the order in which the identity is made of them. */
  readonly anchors: readonly number[];
  readonly identityOf: ReturnType<typeof identityMaker>;
}

const compiled = new WeakMap<ObjectShape, CompiledType>();

export function compiledType(shape: ObjectShape): CompiledType {
  const found = compiled.get(shape);
  if (found !== undefined) return found;
  const anchors = shape.file.anchor.map((name) => shape.attributes.findIndex((each) => each.name === name));
  const made = {
    reader: new EntryReader(shape),
    rows: new RowMaker(shape),
    anchors,
    identityOf: identityMaker(shape),
  };
  compiled.set(shape, made);
  return made;
}

/**
 * Where the rows of each type have the keys of the indexes that there are now.
 * @param indexes the numbers of those that a space has, by name
 */
export function indexPlans(shape: Shape, indexes: ReadonlyMap<string, number>): (type: ObjectShape) => IndexPlan {
  const told = tellableIndexes(shape, indexes);
  const numbers = new Set(told.map(({ number }) => number));
  const plans = new Map(shape.types.map((type) => [type, compiledType(type).rows.plan(told, numbers)]));
  return (type) => plans.get(type) ?? { indexes: numbers, sources: [] };
}
