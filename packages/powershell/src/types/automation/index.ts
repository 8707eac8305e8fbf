import type { TypeDescription } from '../net-type.ts';
import { hostInfoDescription } from './host-info.ts';
import { pathInfoDescription } from './path-info.ts';
import { semanticVersionDescription } from './semantic-version.ts';

export const descriptions: readonly TypeDescription[] = [
  hostInfoDescription,
  pathInfoDescription,
  semanticVersionDescription,
];
