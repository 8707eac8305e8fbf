import { descriptions as cmdletData } from '../commands/data-types.ts';
import { descriptions as modules } from '../modules/module-types.ts';
import { descriptions as automation } from './automation/index.ts';
import { descriptions as collections } from './collections/index.ts';
import { descriptions as data } from './data/index.ts';
import { descriptions as globalization } from './globalization/index.ts';
import { descriptions as identity } from './identity/index.ts';
import { descriptions as io } from './io/index.ts';
import { library } from './library.ts';
import { descriptions as net } from './net/index.ts';
import type { TypeDescription } from './net-type.ts';
import { descriptions as security } from './security/index.ts';
import { descriptions as system } from './system/index.ts';
import { descriptions as text } from './text/index.ts';
import { descriptions as time } from './time/index.ts';
import { descriptions as web } from './web/index.ts';
import { descriptions as xml } from './xml/index.ts';

/** Every type of the library: each family of types lists its own. */
export const descriptions: readonly TypeDescription[] = [
  ...system,
  ...automation,
  ...collections,
  ...text,
  ...time,
  ...identity,
  ...globalization,
  ...io,
  ...net,
  ...security,
  ...web,
  ...xml,
  ...data,
  ...cmdletData,
  ...modules,
];

/** Makes the library's types known; to be called before any is used. Further calls change nothing. */
export function openLibrary(): void {
  library.open(descriptions);
}
