import type { TypeDescription } from '../net-type.ts';

export const descriptions: readonly TypeDescription[] = [];
