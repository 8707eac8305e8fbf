import type { TypeDescription } from '../net-type.ts';
import { cultureDescriptions } from './culture-description.ts';
import { textElementDescriptions } from './string-info.ts';

export const descriptions: readonly TypeDescription[] = [...cultureDescriptions, ...textElementDescriptions];
