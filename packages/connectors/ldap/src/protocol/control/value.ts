import { BerReader } from '../ber-reader.ts';
import { BerWriter } from '../ber-writer.ts';
import type { Control } from '../control.ts';

/** The value of a control or an extended operation, which is BER within an octet string. */
export function berValue(write: (writer: BerWriter) => void): Uint8Array {
  const writer = new BerWriter();
  write(writer);
  return writer.finish();
}

/** A reader of the value of the control with this OID among those of a response; undefined where it has none. */
export function controlValue(controls: readonly Control[], oid: string): BerReader | undefined {
  const value = controls.find((control) => control.oid === oid)?.value;
  return value === undefined ? undefined : octetsReader(value);
}

export function octetsReader(value: Uint8Array): BerReader {
  return new BerReader(Buffer.from(value.buffer, value.byteOffset, value.length));
}
