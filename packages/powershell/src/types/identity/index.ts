import type { TypeDescription } from '../net-type.ts';
import { guidDescription } from './guid.ts';
import { uriBuilderDescription } from './uri-builder.ts';
import { uriDescriptions } from './uri-description.ts';
import { versionDescription } from './version.ts';

export const descriptions: readonly TypeDescription[] = [
  guidDescription,
  versionDescription,
  ...uriDescriptions,
  uriBuilderDescription,
];
