import { randomUUID } from 'node:crypto';
import type { AnchorAttribute, AttributeValue, CSEntryChange, ObjectModificationType } from '../index.ts';
import type { ContractFixture, ContractObject } from './fixture.ts';

/** An entry as the host exports it (ECMA sheet 4): all attributes on Add and Replace, only identity on Delete. */
export function entryFor(
  fixture: ContractFixture,
  objectModificationType: ObjectModificationType,
  object: ContractObject,
): CSEntryChange {
  const attributes = objectModificationType === 'Delete' ? [] : Object.entries(object.attributes);
  return {
    identifier: randomUUID(),
    objectType: fixture.objectType,
    objectModificationType,
    anchorAttributes: anchorsOf(fixture, object),
    attributeChanges: attributes.map(([name, value]) => ({
      name,
      modificationType: 'Add',
      valueChanges: [{ value, modificationType: 'Add' }],
    })),
    ...(fixture.dn === undefined ? {} : { dn: fixture.dn(object) }),
  };
}

/** Every part of an object's anchor. */
export function anchorsOf(fixture: ContractFixture, object: ContractObject): readonly AnchorAttribute[] {
  const further = Object.entries(object.furtherAnchors ?? {}).map(([name, value]) => ({ name, value }));
  return [{ name: fixture.anchor, value: object.anchor }, ...further];
}

/** An update of the fixture's text attribute alone: new value in, old value out (ECMA sheet 4, AttributeUpdate). */
export function textUpdate(fixture: ContractFixture, object: ContractObject, text: string): CSEntryChange {
  const before = object.attributes[fixture.text];
  return {
    ...entryFor(fixture, 'Update', { ...object, attributes: {} }),
    attributeChanges: [
      {
        name: fixture.text,
        modificationType: 'Update',
        valueChanges: [
          { value: text, modificationType: 'Add' },
          ...(before === undefined ? [] : [{ value: before, modificationType: 'Delete' as const }]),
        ],
      },
    ],
  };
}

/** The same object with another text. */
export function withText(fixture: ContractFixture, object: ContractObject, text: string): ContractObject {
  return { ...object, attributes: { ...object.attributes, [fixture.text]: text } };
}

/** The object that an imported entry describes; the anchor may also stand among the attributes. */
export function objectOf(fixture: ContractFixture, entry: CSEntryChange): ContractObject {
  const further = fixture.furtherAnchors ?? [];
  const attributes = entry.attributeChanges
    .filter((change) => change.name !== fixture.anchor && !further.includes(change.name))
    .flatMap((change) => change.valueChanges.map(({ value }) => [change.name, value] as const));
  const anchorNamed = (name: string): AttributeValue =>
    entry.anchorAttributes.find((candidate) => candidate.name === name)?.value ??
    entry.attributeChanges.find((change) => change.name === name)?.valueChanges[0]?.value ??
    '';
  return {
    anchor: anchorNamed(fixture.anchor),
    ...(further.length === 0
      ? {}
      : { furtherAnchors: Object.fromEntries(further.map((name) => [name, anchorNamed(name)])) }),
    attributes: Object.fromEntries(attributes),
  };
}

/** Objects in the order of their anchors, for comparing sets. */
export function sorted(objects: readonly ContractObject[]): readonly ContractObject[] {
  return objects.toSorted((a, b) => (String(a.anchor) < String(b.anchor) ? -1 : 1));
}
