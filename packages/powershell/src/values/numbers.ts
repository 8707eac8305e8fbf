import { netTypes } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { Instance } from './instance.ts';

/** System.Double. */
export class Double extends Instance {
  readonly value: number;
  constructor(value: number) {
    super();
    this.value = value;
  }
  get type(): NetType {
    return netTypes.double;
  }
}

/** System.Single; `value` is rounded to 32 bits. */
export class Single extends Instance {
  readonly value: number;
  constructor(value: number) {
    super();
    this.value = Math.fround(value);
  }
  get type(): NetType {
    return netTypes.single;
  }
}

/** System.Byte, SByte, Int16, UInt16 and UInt32: whole numbers in the range of their type. */
export class SmallInteger extends Instance {
  readonly type: NetType;
  readonly value: number;
  constructor(type: NetType, value: number) {
    super();
    this.type = type;
    this.value = value;
  }
}

/** System.UInt64. */
export class UInt64 extends Instance {
  readonly value: bigint;
  constructor(value: bigint) {
    super();
    this.value = value;
  }
  get type(): NetType {
    return netTypes.uint64;
  }
}

/** System.Numerics.BigInteger. */
export class BigInteger extends Instance {
  readonly value: bigint;
  constructor(value: bigint) {
    super();
    this.value = value;
  }
  get type(): NetType {
    return netTypes.bigInteger;
  }
}

/** System.Decimal: `mantissa / 10^scale`, |mantissa| < 2^96, 0 ≤ scale ≤ 28. The scale is kept: `1.50` is not `1.5` in text. */
export class Decimal extends Instance {
  readonly mantissa: bigint;
  readonly scale: number;
  constructor(mantissa: bigint, scale: number) {
    super();
    this.mantissa = mantissa;
    this.scale = scale;
  }
  get type(): NetType {
    return netTypes.decimal;
  }
}

/** System.Char: one UTF-16 unit. */
export class Char extends Instance {
  readonly code: number;
  private constructor(code: number) {
    super();
    this.code = code;
  }
  static readonly #known: Char[] = [];
  /** The one object of this unit. */
  static of(code: number): Char {
    let char = Char.#known[code];
    if (char === undefined) {
      char = new Char(code);
      Char.#known[code] = char;
    }
    return char;
  }
  get type(): NetType {
    return netTypes.char;
  }
  get text(): string {
    return String.fromCharCode(this.code);
  }
}
