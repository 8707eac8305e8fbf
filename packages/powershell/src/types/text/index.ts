import type { TypeDescription } from '../net-type.ts';
import { regexDescriptions } from './regex.ts';

export const descriptions: readonly TypeDescription[] = [...regexDescriptions];
