import type { TypeDescription } from '../net-type.ts';
import { environmentDescription } from './environment.ts';
import { fileDescriptions } from './file.ts';
import { pathDescription } from './path.ts';
import { stringReaderDescriptions } from './string-reader.ts';

export const descriptions: readonly TypeDescription[] = [
  ...stringReaderDescriptions,
  pathDescription,
  ...fileDescriptions,
  environmentDescription,
];
