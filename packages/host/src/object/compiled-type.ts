import { EntryReader } from './entry-reader.ts';
import { identityMaker } from './identity.ts';
import { RowMaker } from './row-maker.ts';
import type { ObjectShape } from './shape.ts';

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
