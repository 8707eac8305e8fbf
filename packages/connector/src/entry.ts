import type { ExportErrorCode, ImportErrorCode } from './error-codes.ts';
import type { AttributeValue } from './values.ts';

/** ECMA 2 `ObjectModificationType`, without the two values no entry on the wire carries. */
export type ObjectModificationType = 'Add' | 'Replace' | 'Update' | 'Delete';

/** ECMA 2 `AttributeModificationType`. `Update` carries value deltas; the others carry whole value lists. */
export type AttributeModificationType = 'Add' | 'Replace' | 'Update' | 'Delete';

/** ECMA 2 `ValueChange`. */
export interface ValueChange {
  readonly value: AttributeValue;
  readonly modificationType: 'Add' | 'Delete';
}

/** ECMA 2 `AttributeChange`. */
export interface AttributeChange {
  readonly name: string;
  readonly modificationType: AttributeModificationType;
  readonly valueChanges: readonly ValueChange[];
}

/** ECMA 2 `AnchorAttribute`. */
export interface AnchorAttribute {
  readonly name: string;
  readonly value: AttributeValue;
}

/** ECMA 2 `CSEntryChange`: one object as an import reports it or an export wants it. */
export interface CSEntryChange {
  /** A GUID that joins an exported entry and its result; results are matched by it, never by position. */
  readonly identifier: string;
  readonly objectType: string;
  readonly objectModificationType: ObjectModificationType;
  readonly dn?: string;
  /**
   * The DN before a rename; the one after it is in `dn`. Both directions, for connectors with the `rename` trait only.
   * A new anchor comes as a change of the anchor attribute in an Update, whose `anchorAttributes` hold the present one.
   */
  readonly previousDn?: string;
  readonly anchorAttributes: readonly AnchorAttribute[];
  readonly attributeChanges: readonly AttributeChange[];
  /** Import only: anything but `Success` reports this object and, for the continue codes, lets the run go on. */
  readonly errorCodeImport?: ImportErrorCode;
  readonly errorName?: string;
  readonly errorDetail?: string;
}

/** ECMA 2 `CSEntryChangeResult`. A connector need not return one for an entry that succeeded unchanged. */
export interface CSEntryChangeResult {
  readonly identifier: string;
  readonly errorCode: ExportErrorCode;
  readonly errorName?: string;
  readonly errorDetail?: string;
  /** What the target made of the object: a generated or changed anchor, and attributes it filled in itself. */
  readonly anchorAttributes?: readonly AnchorAttribute[];
  readonly attributeChanges?: readonly AttributeChange[];
  readonly dn?: string;
}
