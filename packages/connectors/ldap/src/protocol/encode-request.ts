import { berTag } from './ber-reader.ts';
import { BerWriter } from './ber-writer.ts';
import type { Control } from './control.ts';
import { writeFilter } from './filter/encode.ts';
import { controlsTag, operationTag } from './operation.ts';
import type { AttributeValues, Request, SearchRequest } from './request.ts';

const scopes = { base: 0, one: 1, sub: 2 } as const;
const neverDerefAliases = 0;
const noTimeLimit = 0;
const modifications = { add: 0, delete: 1, replace: 2, increment: 3 } as const;

/** An operation that has one response, as the octets of an LDAPMessage (RFC 4511 4.1.1). */
export function encodeRequest(messageId: number, request: Request, controls: readonly Control[] = []): Buffer {
  return message(messageId, controls, (writer) => writeRequest(writer, request));
}

/** A search (RFC 4511 4.5.1). The time limit is 0 (L27) and aliases are never dereferenced (LDAP sheet 4.1). */
export function encodeSearch(messageId: number, search: SearchRequest, controls: readonly Control[] = []): Buffer {
  return message(messageId, controls, (writer) =>
    writer.constructed(operationTag.searchRequest, () => {
      writer.octets(search.base);
      writer.enumerated(scopes[search.scope]);
      writer.enumerated(neverDerefAliases);
      writer.integer(search.sizeLimit ?? 0);
      writer.integer(noTimeLimit);
      writer.boolean(false);
      writeFilter(writer, search.filter);
      writer.sequence(() => {
        for (const attribute of search.attributes) writer.octets(attribute);
      });
    }),
  );
}

/** A simple bind (RFC 4511 4.2); name and password empty for an anonymous one. */
export function encodeSimpleBind(
  messageId: number,
  name: string,
  password: string,
  controls: readonly Control[] = [],
): Buffer {
  return bind(messageId, name, controls, (writer) => writer.octets(password, 0x80));
}

/** One step of a SASL bind (RFC 4511 4.2). No credentials and empty ones are different things (RFC 4513 5.2.1.2). */
export function encodeSaslBind(
  messageId: number,
  mechanism: string,
  credentials: Uint8Array | undefined,
  controls: readonly Control[] = [],
): Buffer {
  return bind(messageId, '', controls, (writer) =>
    writer.constructed(0xa3, () => {
      writer.octets(mechanism);
      if (credentials !== undefined) writer.octets(credentials);
    }),
  );
}

/** RFC 4511 4.3; has no answer. */
export function encodeUnbind(messageId: number): Buffer {
  return message(messageId, [], (writer) => writer.octets('', operationTag.unbindRequest));
}

/** RFC 4511 4.11; has no answer. @param abandoned the message id of the operation that is given up */
export function encodeAbandon(messageId: number, abandoned: number): Buffer {
  return message(messageId, [], (writer) => writer.integer(abandoned, operationTag.abandonRequest));
}

function bind(
  messageId: number,
  name: string,
  controls: readonly Control[],
  proof: (writer: BerWriter) => void,
): Buffer {
  return message(messageId, controls, (writer) =>
    writer.constructed(operationTag.bindRequest, () => {
      writer.integer(3);
      writer.octets(name);
      proof(writer);
    }),
  );
}

function writeRequest(writer: BerWriter, request: Request): void {
  switch (request.operation) {
    case 'add':
      writer.constructed(operationTag.addRequest, () => {
        writer.octets(request.dn);
        writer.sequence(() => {
          for (const attribute of request.attributes) writeAttribute(writer, attribute);
        });
      });
      return;
    case 'modify':
      writer.constructed(operationTag.modifyRequest, () => {
        writer.octets(request.dn);
        writer.sequence(() => {
          for (const modification of request.modifications) {
            writer.sequence(() => {
              writer.enumerated(modifications[modification.operation]);
              writeAttribute(writer, modification);
            });
          }
        });
      });
      return;
    case 'delete':
      writer.octets(request.dn, operationTag.deleteRequest);
      return;
    case 'modifyDN':
      writer.constructed(operationTag.modifyDnRequest, () => {
        writer.octets(request.dn);
        writer.octets(request.newRdn);
        writer.boolean(request.deleteOldRdn);
        if (request.newSuperior !== undefined) writer.octets(request.newSuperior, 0x80);
      });
      return;
    case 'compare':
      writer.constructed(operationTag.compareRequest, () => {
        writer.octets(request.dn);
        writer.sequence(() => {
          writer.octets(request.attribute);
          writer.octets(request.value);
        });
      });
      return;
    case 'extended':
      writer.constructed(operationTag.extendedRequest, () => {
        writer.octets(request.name, 0x80);
        if (request.value !== undefined) writer.octets(request.value, 0x81);
      });
  }
}

function writeAttribute(writer: BerWriter, attribute: AttributeValues): void {
  writer.sequence(() => {
    writer.octets(attribute.type);
    writer.constructed(berTag.set, () => {
      for (const value of attribute.values) writer.octets(value);
    });
  });
}

function message(messageId: number, controls: readonly Control[], write: (writer: BerWriter) => void): Buffer {
  const writer = new BerWriter();
  writer.sequence(() => {
    writer.integer(messageId);
    write(writer);
    if (controls.length > 0) {
      writer.constructed(controlsTag, () => {
        for (const control of controls) writeControl(writer, control);
      });
    }
  });
  return writer.finish();
}

function writeControl(writer: BerWriter, control: Control): void {
  writer.sequence(() => {
    writer.octets(control.oid);
    if (control.critical) writer.boolean(true);
    if (control.value !== undefined) writer.octets(control.value);
  });
}
