import type { CmdletDescription } from '../description.ts';
import { convertToXml } from './convert-to-xml.ts';
import { convertFromClixml, importClixml } from './read-clixml.ts';
import { selectXml } from './select-xml.ts';
import { convertToClixml, exportClixml } from './write-clixml.ts';

export const xmlCmdlets: readonly CmdletDescription[] = [
  selectXml,
  convertToXml,
  exportClixml,
  importClixml,
  convertToClixml,
  convertFromClixml,
];
