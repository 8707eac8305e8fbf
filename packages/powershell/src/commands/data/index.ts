import type { CmdletDescription } from '../description.ts';
import { convertFromJson } from './convert-from-json.ts';
import { convertFromStringData } from './convert-from-string-data.ts';
import { convertToJson } from './convert-to-json.ts';
import { convertFromCsv, convertToCsv, exportCsv, importCsv } from './csv-cmdlets.ts';

export const dataCmdlets: readonly CmdletDescription[] = [
  convertFromJson,
  convertToJson,
  convertFromStringData,
  importCsv,
  exportCsv,
  convertFromCsv,
  convertToCsv,
];
