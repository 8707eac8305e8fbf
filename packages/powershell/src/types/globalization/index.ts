import type { TypeDescription } from '../net-type.ts';
import { cultureDescriptions } from './culture-description.ts';

export const descriptions: readonly TypeDescription[] = [...cultureDescriptions];
