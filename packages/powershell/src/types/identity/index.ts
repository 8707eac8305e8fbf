import type { TypeDescription } from '../net-type.ts';
import { guidDescription } from './guid.ts';
import { uriDescriptions } from './uri.ts';
import { versionDescription } from './version.ts';

export const descriptions: readonly TypeDescription[] = [guidDescription, versionDescription, ...uriDescriptions];
