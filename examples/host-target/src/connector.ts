import type { NewConnector } from '@joinery/host';
import { anchorColumn, personColumns } from './people.ts';

/** The file in the connector's working folder. */
export const inputFile = 'InputFile.txt';

/** The CSV connector over the people, as the tutorial has it and as a configuration taken over from the original would be. */
export function peopleConnector(name: string): NewConnector {
  return {
    name,
    connector: 'csv',
    features: new Set(),
    parameters: { FileName: inputFile, Anchor: anchorColumn, ColumnTypes: 'IsActive:Boolean' },
    types: [
      {
        objectType: 'Person',
        anchor: anchorColumn,
        dn: anchorColumn,
        attributes: personColumns.map((column) =>
          column === 'IsActive' ? { name: column, type: 'Boolean' } : { name: column },
        ),
      },
    ],
  };
}
