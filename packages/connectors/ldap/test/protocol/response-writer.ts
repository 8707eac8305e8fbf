import { berTag } from '../../src/protocol/ber-reader.ts';
import { BerWriter } from '../../src/protocol/ber-writer.ts';
import type { Control } from '../../src/protocol/control.ts';
import { controlsTag, operationTag } from '../../src/protocol/operation.ts';
import type { AttributeValues } from '../../src/protocol/request.ts';
import type { LdapResult } from '../../src/protocol/result.ts';

/** An LDAPMessage as a server would send it (RFC 4511 4.1.1). */
export function response(
  messageId: number,
  tag: number,
  write: (writer: BerWriter) => void,
  controls: readonly Control[] = [],
): Buffer {
  const writer = new BerWriter();
  writer.sequence(() => {
    writer.integer(messageId);
    writer.constructed(tag, () => write(writer));
    if (controls.length > 0)
      writer.constructed(controlsTag, () => {
        for (const control of controls) writeControl(writer, control);
      });
  });
  return writer.finish();
}

function writeControl(writer: BerWriter, { oid, critical, value }: Control): void {
  writer.sequence(() => {
    writer.octets(oid);
    if (critical) writer.boolean(true);
    if (value !== undefined) writer.octets(value);
  });
}

export function writeResult(writer: BerWriter, result: LdapResult): void {
  writer.enumerated(result.code);
  writer.octets(result.matchedDn);
  writer.octets(result.diagnosticMessage);
  if (result.referrals.length > 0)
    writer.constructed(0xa3, () => {
      for (const url of result.referrals) writer.octets(url);
    });
}

/** A SearchResultEntry (RFC 4511 4.5.2). */
export function entryMessage(messageId: number, dn: string, attributes: readonly AttributeValues[]): Buffer {
  return response(messageId, operationTag.searchEntry, (writer) => {
    writer.octets(dn);
    writer.sequence(() => {
      for (const { type, values } of attributes) {
        writer.sequence(() => {
          writer.octets(type);
          writer.constructed(berTag.set, () => {
            for (const value of values) writer.octets(value);
          });
        });
      }
    });
  });
}
