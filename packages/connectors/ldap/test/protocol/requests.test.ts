import fc from 'fast-check';
import {
  AbandonRequest,
  AddRequest,
  AndFilter,
  ApproximateFilter,
  Attribute,
  BindRequest,
  Change,
  DeleteRequest,
  EqualityFilter,
  ExtendedRequest,
  GreaterThanEqualsFilter,
  type Filter as LdaptsFilter,
  LessThanEqualsFilter,
  ModifyDNRequest,
  ModifyRequest,
  NotFilter,
  OrFilter,
  PresenceFilter,
  SearchRequest,
  SubstringFilter,
  UnbindRequest,
} from 'ldapts';
import { describe, expect, test } from 'vitest';
import {
  encodeAbandon,
  encodeRequest,
  encodeSaslBind,
  encodeSearch,
  encodeSimpleBind,
  encodeUnbind,
} from '../../src/protocol/encode-request.ts';
import type { Filter, OctetString } from '../../src/protocol/filter.ts';
import type { AttributeValues, Request } from '../../src/protocol/request.ts';
import { controls, messageId, request, search } from './arbitraries.ts';
import { berTree } from './ber-tree.ts';

const comparisons = {
  greaterOrEqual: GreaterThanEqualsFilter,
  lessOrEqual: LessThanEqualsFilter,
  approximate: ApproximateFilter,
} as const;

const buffer = (value: OctetString): Buffer => Buffer.from(value);

function attribute({ type, values }: AttributeValues): Attribute {
  return new Attribute({ type, values: values.map(buffer) });
}

/** The same request by ldapts, which is another reading of RFC 4511; undefined for what it cannot write. */
function byLdapts(id: number, request: Request): Buffer | undefined {
  switch (request.operation) {
    case 'add':
      return new AddRequest({ messageId: id, dn: request.dn, attributes: request.attributes.map(attribute) }).write();
    case 'modify': {
      const changes = request.modifications.flatMap(({ operation, ...values }) =>
        operation === 'increment' ? [] : [new Change({ operation, modification: attribute(values) })],
      );
      return new ModifyRequest({ messageId: id, dn: request.dn, changes }).write();
    }
    case 'delete':
      return new DeleteRequest({ messageId: id, dn: request.dn }).write();
    case 'modifyDN':
      return new ModifyDNRequest({ messageId: id, ...request }).write();
    case 'compare':
      return undefined;
    case 'extended':
      return new ExtendedRequest({
        messageId: id,
        oid: request.name,
        ...(request.value === undefined ? {} : { value: buffer(request.value) }),
      }).write();
  }
}

/** The same filter by ldapts; undefined for what it cannot write: octets in some places, matching rules without more. */
function filterByLdapts(filter: Filter): LdaptsFilter | undefined {
  switch (filter.kind) {
    case 'and':
    case 'or': {
      const filters = filter.filters.flatMap((member) => filterByLdapts(member) ?? []);
      if (filters.length < filter.filters.length) return undefined;
      return filter.kind === 'and' ? new AndFilter({ filters }) : new OrFilter({ filters });
    }
    case 'not': {
      const inner = filterByLdapts(filter.filter);
      return inner === undefined ? undefined : new NotFilter({ filter: inner });
    }
    case 'equality':
      return new EqualityFilter({ attribute: filter.attribute, value: buffer(filter.value) });
    case 'greaterOrEqual':
    case 'lessOrEqual':
    case 'approximate':
      return typeof filter.value === 'string'
        ? new comparisons[filter.kind]({ attribute: filter.attribute, value: filter.value })
        : undefined;
    case 'present':
      return new PresenceFilter(filter);
    case 'substrings': {
      const { attribute, initial = '', any, final = '' } = filter;
      const texts = any.filter((part) => typeof part === 'string');
      if (typeof initial !== 'string' || typeof final !== 'string' || texts.length < any.length) return undefined;
      return new SubstringFilter({ attribute, initial, any: texts, final });
    }
    case 'extensible':
      return undefined;
  }
}

describe('requests', () => {
  test('an operation is encoded as ldapts encodes it', () => {
    fc.assert(
      fc.property(messageId, request, (id, request) => {
        const other = byLdapts(id, request);
        fc.pre(other !== undefined && isWhole(other));
        expect(berTree(encodeRequest(id, request))).toEqual(berTree(other));
      }),
    );
  });

  test('L27 a search is encoded as ldapts encodes it, with the time limit 0', () => {
    fc.assert(
      fc.property(messageId, search, (id, search) => {
        const filter = filterByLdapts(search.filter);
        fc.pre(filter !== undefined);
        const other = new SearchRequest({
          messageId: id,
          baseDN: search.base,
          scope: search.scope,
          filter,
          attributes: [...search.attributes],
          sizeLimit: search.sizeLimit ?? 0,
          timeLimit: 0,
        });
        expect(berTree(encodeSearch(id, search))).toEqual(berTree(other.write()));
      }),
    );
  });

  test('controls follow the operation, criticality only where it is not the default', () => {
    fc.assert(
      fc.property(messageId, request, controls, (id, request, controls) => {
        const [message] = berTree(encodeRequest(id, request, controls));
        const hex = (value: OctetString) => buffer(value).toString('hex');
        const expected = controls.map(({ oid, critical, value }) => [
          0x30,
          [[4, hex(oid)], ...(critical ? [[1, 'ff']] : []), ...(value === undefined ? [] : [[4, hex(value)]])],
        ]);
        expect(message?.[1][2]).toEqual(controls.length === 0 ? undefined : [0xa0, expected]);
      }),
    );
  });

  test('binds, unbinds and abandons are encoded as RFC 4511 says', () => {
    expect(berTree(encodeSimpleBind(1, 'cn=ä', 'p'))).toEqual(
      berTree(new BindRequest({ messageId: 1, dn: 'cn=ä', password: 'p' }).write()),
    );
    expect(berTree(encodeSaslBind(2, 'EXTERNAL', Buffer.from('')))).toEqual(
      berTree(new BindRequest({ messageId: 2, mechanism: 'EXTERNAL', password: '' }).write()),
    );
    expect(berTree(encodeSaslBind(2, 'GSSAPI', undefined))).toEqual([
      [
        0x30,
        [
          [2, '02'],
          [
            0x60,
            [
              [2, '03'],
              [4, ''],
              [0xa3, [[4, Buffer.from('GSSAPI').toString('hex')]]],
            ],
          ],
        ],
      ],
    ]);
    expect(berTree(encodeUnbind(3))).toEqual(berTree(new UnbindRequest({ messageId: 3 }).write()));
    for (const abandoned of [1, 127, 128, 300, 70_000, 0x7fffffff]) {
      const other = new AbandonRequest({ messageId: 4, abandonId: abandoned }).write();
      expect(berTree(encodeAbandon(4, abandoned))).toEqual(berTree(other));
    }
  });

  test('comparing and incrementing, which ldapts cannot write, follow RFC 4511 4.10 and RFC 4525', () => {
    const compare = encodeRequest(1, { operation: 'compare', dn: 'a', attribute: 'b', value: Uint8Array.of(0xff) });
    expect(berTree(compare)).toEqual(
      berTree(Buffer.from('3010 020101 6e0b 040161 3006 040162 0401ff'.replaceAll(' ', ''), 'hex')),
    );
    const modifications = [{ operation: 'increment', type: 'b', values: ['1'] }] as const;
    const increment = encodeRequest(1, { operation: 'modify', dn: 'a', modifications });
    const expected = '3019 020101 6614 040161 300f 300d 0a0103 3008 040162 3103 040131'.replaceAll(' ', '');
    expect(berTree(increment)).toEqual(berTree(Buffer.from(expected, 'hex')));
  });

  test('a request is whole at every size, and may pass 16 MB', () => {
    const sized = (first: number, second: number) =>
      encodeRequest(1, {
        operation: 'add',
        dn: 'cn=a',
        attributes: [{ type: 'jpegPhoto', values: [new Uint8Array(first), new Uint8Array(second)] }],
      });
    for (let size = 7_900; size < 8_300; size += 1) expect(isWhole(sized(100_000, size))).toBe(true);
    const large = sized(20_000_000, 1);
    expect(isWhole(large)).toBe(true);
    expect(large.length).toBeGreaterThan(20_000_000);
  });
});

/** False where the length that a message announces is not its length, as happens to ldapts. */
function isWhole(message: Buffer): boolean {
  try {
    return berTree(message).length === 1;
  } catch {
    return false;
  }
}
