import { typeOf } from '../conversion/base.ts';
import { closeType } from '../types/closed-type.ts';
import { namedType } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { Instance } from './instance.ts';
import type { Value } from './value.ts';

const definition = namedType('System.Management.Automation.PSReference`1');
const typeOfNull = namedType('System.Management.Automation.LanguagePrimitives+Null');

/** `[ref]`: a value that can be read and set from elsewhere; of `[ref]$x`, the variable itself. */
export class PSReference extends Instance {
  readonly #read: () => Value;
  readonly #write: (value: Value) => void;
  /** Closed by the type of the first value, whatever the place holds later. */
  readonly #element: NetType;

  constructor(read: () => Value, write: (value: Value) => void) {
    super();
    this.#read = read;
    this.#write = write;
    const first = read();
    this.#element = first === null || first === undefined ? typeOfNull : typeOf(first);
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
    return closeType(definition, [this.#element]);
  }

  get value(): Value {
    return this.#read();
  }
  set value(value: Value) {
    this.#write(value);
  }
}
