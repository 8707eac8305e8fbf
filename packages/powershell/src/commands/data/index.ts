import type { CmdletDescription } from '../description.ts';
import { convertFromJson } from './convert-from-json.ts';
import { convertFromStringData } from './convert-from-string-data.ts';
import { convertToCsv } from './convert-to-csv.ts';
import { convertToJson } from './convert-to-json.ts';
import { exportCsv } from './export-csv.ts';
import { convertFromCsv, importCsv } from './read-csv-cmdlets.ts';
import { testJson } from './test-json.ts';

export const dataCmdlets: readonly CmdletDescription[] = [
  convertFromJson,
  convertToJson,
  convertFromStringData,
  importCsv,
  exportCsv,
  convertFromCsv,
  convertToCsv,
  testJson,
];
