import type { TypeDescription } from '../net-type.ts';
import { columnDescription, columnsDescription } from './column-description.ts';
import { rowDescription, rowState, rowsDescription } from './row-description.ts';
import { tableDescription } from './table-description.ts';

export const descriptions: readonly TypeDescription[] = [
  tableDescription,
  rowDescription,
  columnDescription,
  rowsDescription,
  columnsDescription,
  rowState,
];
