import { descriptions as automation } from './automation/index.ts';
import type { TypeDescription } from './net-type.ts';
import { descriptions as system } from './system/index.ts';

/** Every type of the library: each family of types lists its own. */
export const descriptions: readonly TypeDescription[] = [...system, ...automation];
