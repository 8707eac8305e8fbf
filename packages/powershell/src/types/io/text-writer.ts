import { Instance } from '../../values/instance.ts';
import type { Encoding } from '../text/encoding.ts';

/** `System.IO.TextWriter`: takes text piece by piece. */
export abstract class TextWriter extends Instance {
  abstract readonly encoding: Encoding;
  newLine = '\n';
  abstract write(text: string): void;
  abstract flush(): void;
  /** May be called again. */
  abstract close(): void;
}
