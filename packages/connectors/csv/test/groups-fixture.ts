import { formatValue } from '@joinery/connector';
import { shapeFixture } from './shape-fixture.ts';

/**
 * Groups in a file of their own beside one of people, with a column of several members. Each group has one, whose anchor holds the separator and a
 * backslash: what the file holds is written here by hand.
 */
export const fixture = shapeFixture({
  module: import.meta.url,
  parameters: {
    MoreObjectTypes: 'Group | groups.txt | GroupID',
    ColumnTypes: 'Members:Reference, IsActive:Boolean',
    MultiValued: 'Members:|',
  },
  file: 'groups.txt',
  others: { 'InputFile.txt': 'AzureObjectID;IsActive\n' },
  objectType: 'Group',
  anchor: 'GroupID',
  columns: ['GroupID', 'Members', 'DisplayName', 'IsActive'],
  text: 'DisplayName',
  object: (n) => ({
    anchor: `group-${n}`,
    attributes: { Members: `CONTOSO\\ada|${n}`, DisplayName: `Group ${n}`, IsActive: true },
  }),
  format: (column, value) =>
    column === 'Members' ? formatValue(value).replace('CONTOSO\\ada|', 'CONTOSO\\\\ada\\|') : formatValue(value),
  parse: (column, cell) =>
    column === 'Members'
      ? cell.replace('CONTOSO\\\\ada\\|', 'CONTOSO\\ada|')
      : column === 'IsActive'
        ? cell === 'True'
        : cell,
});
