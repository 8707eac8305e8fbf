import { shapeFixture } from './shape-fixture.ts';

/** Two columns make the anchor, a number and a text, in a file in UTF-16. */
export const fixture = shapeFixture({
  module: import.meta.url,
  parameters: {
    Anchor: 'Number, Plant',
    Encoding: 'utf-16le',
    ColumnTypes: 'Number:Integer, IsActive:Boolean',
  },
  file: 'InputFile.txt',
  objectType: 'Person',
  anchor: 'Number',
  furtherAnchors: ['Plant'],
  columns: ['DisplayName', 'Plant', 'IsActive', 'Number'],
  text: 'DisplayName',
  object: (n) => ({
    anchor: BigInt(1000 + n),
    furtherAnchors: { Plant: n % 2 === 0 ? 'Łódź' : 'Graz' },
    attributes: { DisplayName: `Person ${n}`, IsActive: n % 3 === 0 },
  }),
  parse: (column, cell) => (column === 'Number' ? BigInt(cell) : column === 'IsActive' ? cell === 'True' : cell),
});
