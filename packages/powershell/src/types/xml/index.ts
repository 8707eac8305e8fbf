import type { TypeDescription } from '../net-type.ts';
import { xmlDescriptions } from './xml.ts';

export const descriptions: readonly TypeDescription[] = xmlDescriptions;
