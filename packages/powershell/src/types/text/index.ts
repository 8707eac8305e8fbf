import type { TypeDescription } from '../net-type.ts';
import { encodingDescriptions } from './encoding-description.ts';
import { regexDescriptions } from './regex.ts';
import { stringBuilderDescription } from './string-builder-description.ts';
import { comparerDescriptions } from './string-comparer.ts';

export const descriptions: readonly TypeDescription[] = [
  ...regexDescriptions,
  stringBuilderDescription,
  ...comparerDescriptions,
  ...encodingDescriptions,
];
