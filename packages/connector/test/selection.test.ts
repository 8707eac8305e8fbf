import { anchorAttributes, type Schema, selectSchema } from '@joinery/connector';
import { describe, expect, test } from 'vitest';
import { typeWith } from './example.ts';

const person = typeWith('String');
const schema: Schema = {
  types: [
    person,
    { ...typeWith(), name: 'Group', lockAnchorDefinition: true, attributes: typeWith('Integer').attributes },
  ],
};

describe('a selection', () => {
  test('of nothing in particular is the schema itself', () => {
    expect(selectSchema(schema, {})).toEqual(schema);
  });

  test('keeps the order of the connector and always the anchors', () => {
    const [type] = selectSchema(schema, { types: ['person'], attributes: ['ACTIVE', 'title'] }).types;
    expect(type?.attributes.map((attribute) => attribute.name)).toEqual(['id0', 'title', 'active']);
  });

  test('may name another anchor, which is then selected, and the former one is an attribute like others', () => {
    const [type] = selectSchema(schema, { types: ['Person'], attributes: ['id0'], anchors: ['number'] }).types;
    expect(type === undefined ? [] : anchorAttributes(type).map((attribute) => attribute.name)).toEqual(['number']);
    expect(type?.attributes.map((attribute) => attribute.name)).toEqual(['id0', 'number']);
  });

  test('may name the locked anchor of a type and no other', () => {
    expect(selectSchema(schema, { types: ['Group'], anchors: ['ID0'] }).types).toHaveLength(1);
    expect(() => selectSchema(schema, { types: ['Group'], anchors: ['number'] })).toThrow(/fixed by the connector/);
  });

  test.each([
    [{ types: ['Persn'] }, /no object type "Persn"\. Did you mean "Person"\?/],
    [{ types: [] }, /No object type is selected/],
    [{ types: ['Person'], attributes: ['titel'] }, /no attribute "titel"\. Did you mean "title"\?/],
    [{ types: ['Person'], anchors: [] }, /No anchor is chosen/],
    [{ types: ['Person'], anchors: ['phones'] }, /several values and cannot be an anchor/],
  ])('%j is refused with every finding', (selection, message) => {
    expect(() => selectSchema(schema, selection)).toThrow(
      expect.objectContaining({ code: 'CONNECTOR_SELECTION_INVALID', message: expect.stringMatching(message) }),
    );
  });
});
