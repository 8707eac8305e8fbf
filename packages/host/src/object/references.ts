import { formatValue } from '@joinery/connector';
import { isProblem, problem } from '@joinery/problems';
import type { SpaceRow, StoredRow } from '../space/row.ts';
import type { ReferenceDefinition } from '../space/writer/references.ts';
import { nameKeyOf } from './dn-form.ts';
import { parseIdentity } from './identity.ts';
import type { ObjectShape, Shape, ShapedAttribute } from './shape.ts';

/*
 * A reference is an id for callers, and for the target what it calls the object: its DN, or the text of its anchor where
 * there are no DNs. The space keeps both and turns the target's word into the id; this file goes the other way.
 */

/** The part of the space that references need. */
export interface ReferenceSpace {
  get(id: string): Pick<StoredRow, 'dn'> | undefined;
  identityOf(id: string): string;
}

/** How the space is to read the references of each type. */
export function referenceDefinitions({ types }: Pick<Shape, 'types'>): readonly ReferenceDefinition[] {
  return types.flatMap(({ file, attributes, dnStyle }) =>
    attributes.flatMap(({ name, steps, list, refersTo, hidden }) =>
      refersTo === undefined || hidden
        ? []
        : [
            {
              type: file.resource,
              attribute: name,
              steps,
              list,
              form: steps[0] === 'members' ? ('member' as const) : ('id' as const),
              dnStyle,
              to: refersTo,
            },
          ],
    ),
  );
}

/**
 * What the target calls the object with this id.
 * @param attribute the reference, for its types and for the place in errors
 * @throws SCIM_VALUE_INVALID when there is no such object, or none that this attribute may name
 */
export function targetNameOf(shape: Shape, space: ReferenceSpace, attribute: ShapedAttribute, id: string): string {
  const refuse = (sentence: string): never => {
    throw problem('SCIM_VALUE_INVALID', sentence, { place: attribute.name });
  };
  const row = space.get(id);
  const { type, anchors } = identified(shape, space, id) ?? refuse(`There is no object with the id "${id}".`);
  if (attribute.refersTo?.includes(type.file.resource) !== true) {
    return refuse(`"${attribute.name}" takes no ${type.file.resource}.`);
  }
  // A connector that is never imported has no rows: there the id alone has to say what the object is called.
  if (row === undefined && shape.imported) return refuse(`There is no object with the id "${id}".`);
  const [anchor, second] = anchors;
  const name =
    type.dnStyle !== 'None' ? row?.dn : anchor !== undefined && second === undefined && formatValue(anchor.value);
  return typeof name === 'string' ? name : refuse(`The object with the id "${id}" has no name to refer to it by.`);
}

function identified(shape: Shape, space: ReferenceSpace, id: string): ReturnType<typeof parseIdentity> | undefined {
  try {
    return parseIdentity(shape, space.identityOf(id));
  } catch (error) {
    if (isProblem(error, 'CONNECTOR_ANCHOR_INVALID')) return undefined;
    throw error;
  }
}

/** What a stored row refers to: for each attribute the target's words in order, each with the id it stands for, or null. */
export type StoredReferences = ReadonlyMap<string, readonly (readonly [raw: string, id: string | null])[]>;

export function storedReferences(row: Pick<StoredRow, 'references'>): StoredReferences {
  if (row.references === null) return new Map();
  const known = takenApart.get(row);
  if (known !== undefined) return known;
  // Written by the space of this very program.
  const pairs: Record<string, [string, string | null][]> = JSON.parse(row.references);
  const references = new Map(Object.entries(pairs));
  takenApart.set(row, references);
  return references;
}

/** A write looks at the references of its row several times, and a large group has megabytes of them. */
const takenApart = new WeakMap<Pick<StoredRow, 'references'>, StoredReferences>();

/**
 * The target's words after a change: those that stay keep their place and spelling, also the ones that callers cannot see
 * because nothing here bears that name; new ones follow. Of an attribute that holds one value the new one takes the place of all.
 */
export function changedReferences(
  { list }: Pick<ShapedAttribute, 'list'>,
  before: readonly (readonly [raw: string, id: string | null])[],
  ids: readonly string[],
  nameOf: (id: string) => string,
): readonly string[] {
  const wanted = new Set(ids);
  const kept = before.filter(([, id]) => (id === null ? list || wanted.size === 0 : wanted.has(id)));
  const known = new Set(kept.map(([, id]) => id));
  return [...kept.map(([raw]) => raw), ...[...wanted].filter((id) => !known.has(id)).map(nameOf)];
}

/** What a row refers to, as attribute and key, in the form in which references are compared. */
export function referenceKeysOf(type: ObjectShape, { references }: Pick<SpaceRow, 'references'>): ReadonlySet<string> {
  const keys = Object.entries(references ?? {}).flatMap(([attribute, values]) =>
    values.map((value) => `${attribute}\u0001${type.dnStyle === 'None' ? value : nameKeyOf(type.dnStyle, value)}`),
  );
  return new Set(keys);
}

/** True when both rows refer to the same objects, in whatever order and spelling. */
export function sameReferences(type: ObjectShape, a: SpaceRow, b: SpaceRow): boolean {
  return referenceKeysOf(type, a).symmetricDifference(referenceKeysOf(type, b)).size === 0;
}
