import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noticeOfDisconnection } from '../../src/protocol/decode-response.ts';
import { operationTag } from '../../src/protocol/operation.ts';
import { resultCode, resultCodeName } from '../../src/protocol/result-code.ts';
import { controls, messageId, octets, result, text } from './arbitraries.ts';
import { received } from './received.ts';
import { response, writeResult } from './response-writer.ts';

const optionalOctets = fc.option(octets, { nil: undefined });
const optionalText = fc.option(text, { nil: undefined });

describe('responses', () => {
  test('the result of every operation is read whole: code, matched DN, text, referrals, controls', () => {
    const operations = [
      [operationTag.searchDone, 'searchDone'],
      [operationTag.modifyResponse, 'modify'],
      [operationTag.addResponse, 'add'],
      [operationTag.deleteResponse, 'delete'],
      [operationTag.modifyDnResponse, 'modifyDN'],
      [operationTag.compareResponse, 'compare'],
    ] as const;
    fc.assert(
      fc.property(messageId, fc.constantFrom(...operations), result, (id, [tag, operation], result) => {
        const bytes = response(id, tag, (writer) => writeResult(writer, result), result.controls);
        expect(received(bytes)).toEqual({ operation, messageId: id, result });
      }),
    );
  });

  test('the answer to a bind has the credentials of the server, byte by byte', () => {
    fc.assert(
      fc.property(messageId, result, optionalOctets, (id, result, credentials) => {
        const write = response(
          id,
          operationTag.bindResponse,
          (writer) => {
            writeResult(writer, result);
            if (credentials !== undefined) writer.octets(credentials, 0x87);
          },
          result.controls,
        );
        const expected = credentials === undefined ? result : { ...result, serverSaslCredentials: credentials };
        expect(received(write)).toEqual({ operation: 'bind', messageId: id, result: expected });
      }),
    );
  });

  test('the answer to an extended operation has its name and value', () => {
    fc.assert(
      fc.property(result, optionalText, optionalOctets, (result, name, value) => {
        const bytes = response(
          0,
          operationTag.extendedResponse,
          (writer) => {
            writeResult(writer, result);
            if (name !== undefined) writer.octets(name, 0x8a);
            if (value !== undefined) writer.octets(value, 0x8b);
          },
          result.controls,
        );
        expect(received(bytes)).toEqual({
          operation: 'extended',
          messageId: 0,
          result: {
            ...result,
            ...(name === undefined ? {} : { responseName: name }),
            ...(value === undefined ? {} : { responseValue: value }),
          },
        });
      }),
    );
  });

  test('intermediate responses and references are messages of their own', () => {
    fc.assert(
      fc.property(messageId, optionalText, optionalOctets, controls, (id, name, value, controls) => {
        const bytes = response(
          id,
          operationTag.intermediateResponse,
          (writer) => {
            if (name !== undefined) writer.octets(name, 0x80);
            if (value !== undefined) writer.octets(value, 0x81);
          },
          controls,
        );
        expect(received(bytes)).toEqual({ operation: 'intermediate', messageId: id, name, value, controls });
      }),
    );
    const urls = ['ldap://a/dc=b??sub', 'ldap://b'];
    const reference = response(5, operationTag.searchReference, (writer) => {
      for (const url of urls) writer.octets(url);
    });
    expect(received(reference)).toEqual({ operation: 'searchReference', messageId: 5, urls });
  });

  test('components that a later document adds are passed over', () => {
    const bytes = response(1, operationTag.addResponse, (writer) => {
      writeResult(writer, { code: 0, matchedDn: '', diagnosticMessage: '', referrals: [], controls: [] });
      writer.octets('new', 0x8c);
    });
    expect(received(bytes)).toMatchObject({ operation: 'add', result: { code: 0 } });
  });

  test('what Active Directory sends before it closes is a notice, with long lengths and all', () => {
    const bytes = Buffer.from(
      `308400000020020100788400000017` +
        `0a0134` +
        `0400` +
        `0400` +
        `8a${(22).toString(16)}${Buffer.from(noticeOfDisconnection).toString('hex')}`,
      'hex',
    );
    // The outer lengths are recomputed, so that the literal above stays readable.
    bytes.writeUInt32BE(bytes.length - 6, 2);
    bytes.writeUInt32BE(bytes.length - 15, 11);
    expect(received(bytes)).toMatchObject({
      operation: 'extended',
      messageId: 0,
      result: { code: resultCode.unavailable, responseName: noticeOfDisconnection },
    });
  });

  test.each([
    ['a request', response(1, operationTag.addRequest, () => undefined)],
    ['a result without a code', response(1, operationTag.addResponse, () => undefined)],
    ['no message id', Buffer.of(0x30, 0)],
    ['a negative message id', Buffer.from('3006020180' + '6b' + '00', 'hex').fill(5, 1, 2)],
    ['an element that is longer than its message', Buffer.from('30070201016582' + 'ffff', 'hex')],
  ])('%s is no answer of a server', (_, bytes) => {
    expect(() => received(bytes)).toThrow(expect.objectContaining({ code: 'LDAP_PROTOCOL_INVALID' }));
  });

  test('codes have the names of their documents', () => {
    expect(resultCodeName(32)).toBe('noSuchObject (32)');
    expect(resultCodeName(4096)).toBe('syncRefreshRequired (4096)');
    expect(resultCodeName(9999)).toBe('result code 9999');
    expect(new Set(Object.values(resultCode)).size).toBe(Object.keys(resultCode).length);
  });
});
