import type { NetType } from '../types/net-type.ts';

/** An object of the language. Identity is reference identity, as in .NET. */
export abstract class Instance {
  /** Its .NET type: what `GetType()` answers. */
  abstract readonly type: NetType;
}
