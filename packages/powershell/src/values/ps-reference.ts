import { netTypes } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { Instance } from './instance.ts';
import type { Value } from './value.ts';

/** `[ref]`: a value that can be read and set from elsewhere; of `[ref]$x`, the variable itself. */
export class PSReference extends Instance {
  readonly #read: () => Value;
  readonly #write: (value: Value) => void;

  constructor(read: () => Value, write: (value: Value) => void) {
    super();
    this.#read = read;
    this.#write = write;
  }

  /** A reference to a place of its own: `[ref]5`. */
  static to(value: Value): PSReference {
    let held = value;
    return new PSReference(
      () => held,
      (next) => {
        held = next;
      },
    );
  }

  get type(): NetType {
    return netTypes.psReference;
  }

  get value(): Value {
    return this.#read();
  }
  set value(value: Value) {
    this.#write(value);
  }
}
